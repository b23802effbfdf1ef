package office_test

import (
	"testing"

	"loket/storage/storagetest/officesuite"
)

func BenchmarkIntake(b *testing.B) { officesuite.Intake(b, openSQLite) }
