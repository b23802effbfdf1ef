// Package identity reads what people carry and say about themselves: the NIK, the family card
// number, names and phones. It cleans, checks and compares; it never decides about a person.
//
// A NIK is given for life and is not corrected, so what it says about birth and sex can only ever
// be a hint (UU 24/2013 on population administration).
package identity
