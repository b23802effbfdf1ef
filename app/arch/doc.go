// Package arch holds one proof: that the rooms of the house import only what docs/ARCHITECTURE.md
// allows. It reads the source tree, so files for other systems are judged too. Its tests contain
// the rules, and break each of them once to show that the proof can fail.
package arch
