package identity

import "loket/app"

// CheckFamilyCard looks at a family card number (No. KK): 16 digits, of which the middle six are
// the day of issue and never +40. An empty number is no error. The answer is "" when all is well.
func CheckFamilyCard(text string) (number string, problem app.Code) {
	if Filler(text) {
		return "", ""
	}
	number = CleanDigits(text)
	switch {
	case !digits(number, 16):
		return number, app.FamilyCardLength
	case two(number[6:8]) > 40:
		return number, app.FamilyCardSwapped
	}
	return number, ""
}

// Swapped says whether the NIK and the family card number seem to stand in each other's place: the
// family card number carries a woman's day, or the typed birth date that the NIK does not carry.
func Swapped(nik, familyCard string, birthDate, at app.Date) bool {
	nik, familyCard = CleanDigits(nik), CleanDigits(familyCard)
	if !digits(nik, 16) || !digits(familyCard, 16) {
		return false
	}
	if two(familyCard[6:8]) > 40 {
		return two(nik[6:8]) <= 40 || nik == familyCard
	}
	inCard, _ := birth(familyCard[6:12], at)
	inNIK, _ := birth(nik[6:12], at)
	return birthDate.Known() && inCard == birthDate && inNIK != birthDate
}
