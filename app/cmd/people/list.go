package people

import (
	"fmt"
	"strings"

	"loket/app"
	"loket/app/region"
)

// ListTitles are the columns of an invented sponsor list.
var ListTitles = []string{
	"No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Nama Ibu", "Alamat", "RT/RW",
	"Desa/Kelurahan", "Kecamatan", "Pekerjaan", "No. HP", "Ahli Waris", "Keterangan",
}

// Rows is a list of n people from all villages of a region, titles apart, about as dirty as lists are:
// one row in four is written in another way, and one in twenty cannot be accepted.
func (c *Crowd) Rows(n int, code string) [][]string {
	homes := region.Load().Villages(code)
	seen := make(map[string]bool, n)
	rows := make([][]string, 0, n)
	for i := 0; len(rows) < n; {
		p, home := c.person(), homes[i%len(homes)]
		p.NIK = p.NIK[:12] + fmt.Sprintf("%04d", 1+c.r.IntN(9998))
		if seen[p.NIK] {
			continue
		}
		seen[p.NIK] = true
		i++
		rows = append(rows, c.row(i, p, home))
	}
	return rows
}

func (c *Crowd) row(number int, p app.Person, home region.Place) []string {
	a, sex := c.address(), "L"
	if p.Sex == app.Female {
		sex = "P"
	}
	work, _ := c.rules.Occupation(c.occupation())
	row := []string{
		fmt.Sprint(number), p.NIK, p.Name, p.BirthPlace, p.BirthDate.String(), sex, p.MotherName, a.Street, a.RT + "/" + a.RW,
		home.Name, districtOf(home), work.ID, strings.Replace(c.phone(), "+62", "0", 1), c.name(c.sex()) + " (istri)", "",
	}
	c.spoil(row, p)
	return row
}

func districtOf(home region.Place) string {
	district, _ := region.Load().Lookup(home.Code[:8])
	return district.Name
}

// spoil writes one row in four in one of the usual ways. Half of the last ways cannot be accepted.
func (c *Crowd) spoil(row []string, p app.Person) {
	switch c.r.IntN(40) {
	case 0:
		row[1] = "'" + row[1]
	case 1:
		row[1] = row[1][:6] + " " + row[1][6:12] + " " + row[1][12:]
	case 2:
		row[2] = strings.ToLower(row[2])
	case 3:
		row[4] = p.BirthDate.ISO()
	case 4:
		row[4] = ""
	case 5:
		row[12] = "-"
	case 6:
		row[9] = "Desa " + row[9]
	case 7:
		row[1] = ""
	case 8:
		row[14] = "Meninggal dunia"
	}
}
