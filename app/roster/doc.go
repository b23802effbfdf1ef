// Package roster reads the lists of people that villages, agencies and companies send, judges
// every row, and writes the list back with the reasons: bytes in, judged rows and a rejects file out.
//
// A list is read twice at most and never held as a whole: Open looks at the first rows of every
// sheet and finds the columns, which a person may correct; Judge goes through all rows in order.
// Nothing is written to a temporary file, because a list is personal data.
package roster
