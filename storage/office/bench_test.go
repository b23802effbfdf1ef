package office_test

import (
	"testing"

	"loket/storage/storagetest/officesuite"
)

func BenchmarkIntake(b *testing.B) { officesuite.Intake(b, openSQLite) }

func BenchmarkIntakeOfLists(b *testing.B) { officesuite.IntakeOfLists(b, openSQLite) }

func BenchmarkPostgresIntakeOfLists(b *testing.B) {
	officesuite.IntakeOfLists(b, openPostgres(postgresServer(b)))
}
