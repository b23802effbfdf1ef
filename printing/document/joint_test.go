package document_test

import (
	"strings"
	"testing"

	"loket/app"
	"loket/app/words"
	"loket/printing/document"
)

// sampleJoints are a household and an agency with invented people.
func sampleJoints() map[string]document.JointSlip {
	person := func(n uint32, name string, amount app.Rupiah) document.JointPerson {
		return document.JointPerson{Number: app.ProvisionalNumber{Chain: app.Chain{Kiosk: 417, Incarnation: 1}, Counter: n}, Name: name, Months: 3, Amount: amount}
	}
	family := document.JointSlip{
		ScanText: "1004170100012345", Payer: "Siti Aminah binti Abdul Rahman (Keluarga)", Bill: true, Place: "Kantor Cabang Balikpapan",
		Made: "20-11-2026 10:15 WITA · Kantor Cabang Balikpapan",
		People: []document.JointPerson{
			person(123, "Siti Aminah binti Abdul Rahman", 42000), person(124, "Abdul Rahman", 33600),
			person(125, "Muhammad Abdurrahman Wahyuningrat Kusumadiputra Notohadiningrat", 42000),
		},
	}
	donor := family
	donor.Payer, donor.Bill, donor.Practice = "Yayasan Peduli Pekerja Borneo", false, true
	return map[string]document.JointSlip{"joint-family": family, "joint-donor": donor}
}

func TestJointSlipsLookAsAgreed(t *testing.T) {
	for name, s := range sampleJoints() {
		d := document.JointRegistrationSlip(s)
		compare(t, name, d)
	}
}

func TestAJointSlipHasEverybodyAndOneTotal(t *testing.T) {
	s := sampleJoints()["joint-family"]
	for _, s.Lang = range words.Langs {
		text := strings.ReplaceAll(textOf(document.JointRegistrationSlip(s)), "\n", " ")
		for _, want := range []string{"PS 00417-01-000123", "PS 00417-01-000124", "PS 00417-01-000125", "Rp117.600", "Abdul Rahman"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is missing in %q", s.Lang, want, text)
			}
		}
	}
}

// Whatever the slip: nobody pays an officer.
func TestEverySlipSaysThatOfficersTakeNoMoney(t *testing.T) {
	var texts []string
	for _, s := range sampleSlips() {
		for _, s.Media = range []document.Media{document.Roll80, document.A6} {
			texts = append(texts, textOf(document.RegistrationSlip(s)))
		}
	}
	for _, s := range sampleJoints() {
		texts = append(texts, textOf(document.JointRegistrationSlip(s)))
	}
	texts = append(texts, textOf(document.QueueNumber(sampleQueue())))
	for _, s := range sampleReferrals() {
		texts = append(texts, textOf(document.Referral(s)))
	}
	for _, text := range texts {
		if !strings.Contains(strings.ReplaceAll(text, "\n", " "), "Petugas tidak menerima uang.") {
			t.Errorf("it does not say that officers take no money: %q", text)
		}
	}
}

func sampleQueue() document.QueueSlip {
	return document.QueueSlip{Practice: true, Number: "A-014", Made: "20-11-2026 10:15 WITA · Kantor Cabang Balikpapan"}
}

func TestAQueueNumberLooksAsAgreed(t *testing.T) {
	compare(t, "queue", document.QueueNumber(sampleQueue()))
}

func sampleReferrals() map[string]document.ReferralSlip {
	migrant := document.ReferralSlip{
		Title: words.Say(words.ID, "refer.migrant"), Text: words.Say(words.ID, "refer.migrant.text"), Number: "00417-01-000345", Name: "Siti Aminah",
		Place: "Kantor Cabang Balikpapan", Address: "Jl. Contoh No. 1, Balikpapan", Made: "20-11-2026 10:15 WITA · Kantor Cabang Balikpapan",
	}
	lead := migrant
	lead.Title, lead.Text = words.Say(words.ID, "refer.employer"), words.Say(words.ID, "refer.employer.text")
	lead.Name, lead.Workers, lead.Practice, lead.Address = "CV Contoh Maju Bersama Sejahtera Abadi Kalimantan Timur", 12, true, ""
	return map[string]document.ReferralSlip{"referral": migrant, "lead": lead}
}

func TestReferralsLookAsAgreed(t *testing.T) {
	for name, s := range sampleReferrals() {
		compare(t, name, document.Referral(s))
	}
}
