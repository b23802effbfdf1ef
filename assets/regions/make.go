//go:build ignore

// Make writes regions.txt.gz from the tables of the npm package idn-area-data:
//
//	go run assets/regions/make.go -data package/data -out assets/regions/regions.txt.gz
//
// The file is text, deflated: a line a place, in the order of the codes, one tab for each level
// below the province, then the place's own part of the code, a space and the name. -villages all
// takes every village.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"flag"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	data := flag.String("data", "", "folder with provinces.csv, regencies.csv, districts.csv, villages.csv")
	villages := flag.String("villages", "all", "regencies whose villages are taken, or all")
	out := flag.String("out", "regions.txt.gz", "file to write")
	flag.Parse()
	places := map[string]string{}
	for _, table := range []string{"provinces", "regencies", "districts", "villages"} {
		for code, name := range read(filepath.Join(*data, table+".csv")) {
			if table == "villages" && *villages != "all" && !slices.Contains(strings.Split(*villages, ","), code[:5]) {
				continue
			}
			places[code] = name
		}
	}
	write(*out, places)
}

func read(path string) map[string]string {
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		log.Fatal(path, ": ", err)
	}
	places := map[string]string{}
	for _, row := range rows[1:] {
		places[row[0]] = strings.Join(strings.Fields(row[len(row)-1]), " ")
	}
	return places
}

func write(path string, places map[string]string) {
	codes := make([]string, 0, len(places))
	for code := range places {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	var text bytes.Buffer
	for _, code := range codes {
		parts := strings.Split(code, ".")
		text.WriteString(strings.Repeat("\t", len(parts)-1) + parts[len(parts)-1] + " " + places[code] + "\n")
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		log.Fatal(err)
	}
	if _, err := w.Write(text.Bytes()); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(path, packed.Bytes(), 0o644); err != nil {
		log.Fatal(err)
	}
}
