package scheme_test

import (
	"testing"

	"loket/app"
	"loket/app/scheme"
)

// What people say at a counter, and what it must mean.
func TestEverydayWordsFindTheOccupation(t *testing.T) {
	rules := scheme.Embedded()
	for text, code := range map[string]string{
		"ojol": "ride_hailing", "gojek": "ride_hailing", "tukang ojek": "ride_hailing", "driver grab": "ride_hailing", "shopeefood": "ride_hailing",
		"sopir angkot": "public_driver", "sopir truk": "public_driver", "kernet": "public_driver", "grabcar": "public_driver", "klotok": "public_driver", "becak": "public_driver",
		"kurir paket": "courier", "jnt": "courier", "antar galon": "courier", "sopir ekspedisi": "courier",
		"tukang bakso": "street_food", "pecel lele": "street_food", "jamu gendong": "street_food", "seblak": "street_food", "warung makan": "street_food",
		"kue basah": "home_producer", "amplang": "home_producer", "ikan asin": "home_producer", "katering": "home_producer",
		"nelayan": "fisher", "abk": "fisher", "pencari kepiting": "fisher", "penyelam": "fisher",
		"tambak udang": "fish_farmer", "lele": "fish_farmer", "rumput laut": "fisher", "petani rumput laut": "fish_farmer",
		"petani sawit": "farmer", "kebun karet": "farmer", "petani cabai": "farmer",
		"pemanen sawit": "farm_worker", "dodos": "farm_worker", "buruh tani": "farm_worker",
		"peternak ayam": "livestock_keeper", "walet": "livestock_keeper",
		"kreator konten": "content_creator", "youtuber": "content_creator", "affiliate": "content_creator", "live tiktok": "content_creator",
		"art": "domestic_worker", "baby sitter": "domestic_worker", "pembantu": "domestic_worker", "setrika": "domestic_worker", "pengasuh lansia": "domestic_worker",
		"tukang cukur": "beautician", "barbershop": "beautician", "tukang pijat": "beautician", "perias pengantin": "beautician",
		"marbot": "religious_worker", "guru ngaji": "religious_worker", "guru tpa": "religious_worker",
		"tukang las": "builder", "kuli bangunan": "builder", "tukang cat": "builder", "harian lepas": "builder",
		"bengkel motor": "mechanic", "tambal ban": "mechanic", "servis hp": "mechanic", "teknisi ac": "mechanic",
		"tukang jahit": "tailor", "sablon": "tailor", "sol sepatu": "tailor",
		"mebel": "craftsperson", "rotan": "craftsperson", "batik tulis": "craftsperson", "sarung samarinda": "craftsperson",
		"pkl": "trader", "olshop": "trader", "pertamini": "trader", "konter hp": "trader", "pedagang asongan": "trader", "toko": "trader",
		"juru parkir": "other_self_employed", "tkbm": "other_self_employed", "pemulung": "other_self_employed", "guru les": "other_self_employed", "serabutan": "other_self_employed",
	} {
		found := rules.OccupationSearch(text)
		if len(found) == 0 || found[0].Code != code {
			t.Errorf("%q means %v, not %s", text, found, code)
		}
	}
}

func TestEveryOccupationHasManyEverydayWordsAndNoneTwice(t *testing.T) {
	seen, n := map[string]string{}, 0
	for _, o := range scheme.Embedded().Occupations {
		for _, w := range o.Words {
			if other, twice := seen[w]; twice {
				t.Errorf("%q means %s and %s", w, other, o.Code)
			}
			seen[w] = o.Code
			n++
		}
	}
	if n < 300 {
		t.Errorf("%d everyday words", n)
	}
}

func TestTheReliefAndWhatItWouldCostWithout(t *testing.T) {
	rules := scheme.Embedded()
	month := app.Month{Year: 2027, Month: 2}
	if r, ok := rules.ReliefOf(app.SectorTransport, month); !ok || r.Last != (app.Month{Year: 2027, Month: 3}) {
		t.Errorf("%+v", r)
	}
	if _, ok := rules.ReliefOf(app.SectorOther, month); ok {
		t.Error("other sectors have relief until December 2026 only")
	}
	q, err := scheme.Quote(rules, scheme.Request{Sector: app.SectorTransport, Payer: app.PayerFamily, Programmes: app.WorkAccident | app.Death, FirstMonth: month, Months: 1})
	if err != nil || q.Total != 8400 || rules.Full(q.Lines[0], 0) != 16800 {
		t.Errorf("%+v, %v", q, err)
	}
}

// Who pays out of the own pocket, companies and donors get the relief; public money does not.
func TestReliefByPayer(t *testing.T) {
	for payer, total := range map[app.PayerKind]app.Rupiah{
		app.PayerSelf: 8400, app.PayerFamily: 8400, app.PayerEmployer: 8400, app.PayerGroup: 8400,
		app.PayerCompany: 8400, app.PayerDonor: 8400, app.PayerInstitution: 8400,
		app.PayerAPBN: 16800, app.PayerProvince: 16800, app.PayerRegency: 16800, app.PayerVillage: 16800,
	} {
		q, err := scheme.Quote(scheme.Embedded(), scheme.Request{
			Sector: app.SectorOther, Payer: payer, Programmes: app.WorkAccident | app.Death, FirstMonth: app.Month{Year: 2026, Month: 12}, Months: 1,
		})
		if err != nil || q.Total != total {
			t.Errorf("%s pays %v, %v", payer, q.Total, err)
		}
	}
}

func TestTheEverydayWordIsToldWhereTheNameDoesNotFit(t *testing.T) {
	o, _ := scheme.Embedded().Occupation("ride_hailing")
	if got := o.Everyday("ojol"); got != "ojol" {
		t.Error(got)
	}
	if got := o.Everyday("pengemudi ojek"); got != "" {
		t.Error(got)
	}
}
