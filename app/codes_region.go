package app

// What can be wrong with the table of regions.
const RegionsBroken Code = "region.table_broken"
