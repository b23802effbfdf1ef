package main

// commands is the command line: what holds for every command, and one line a command. Each
// command is a type in a file of its own, with a field for each argument and a Run method. The
// help tags are keys of assets/words, so that --help speaks both languages.
type commands struct {
	Help    helpFlag `short:"h" help:"cli.help"`
	Lang    string   `help:"cli.lang" enum:"id,en," default:"" placeholder:"id|en"`
	Verbose bool     `help:"cli.verbose"`

	Agent     agentCmd     `cmd:"" help:"agent.cli"`
	Backup    backupCmd    `cmd:"" help:"backup.cli"`
	Bench     benchCmd     `cmd:"" help:"bench.cli"`
	Card      cardCmd      `cmd:"" help:"card.cli"`
	Check     checkCmd     `cmd:"" help:"check.cli"`
	Doctor    doctorCmd    `cmd:"" help:"doctor.cli"`
	NIK       nikCmd       `cmd:"" name:"nik" help:"cli.nik"`
	Office    officeCmd    `cmd:"" help:"cli.office"`
	Post      postCmd      `cmd:"" help:"post.cli"`
	Programme programmeCmd `cmd:"" help:"programme.cli"`
	Quote     quoteCmd     `cmd:"" help:"cli.quote"`
	Root      rootCmd      `cmd:"" help:"cli.root"`
	Recover   recoverCmd   `cmd:"" help:"recover.cli"`
	Restore   restoreCmd   `cmd:"" help:"restore.cli"`
	Roster    rosterCmd    `cmd:"" help:"roster.cli"`
	Serve     serveCmd     `cmd:"" help:"cli.serve"`
	Simulate  simulateCmd  `cmd:"" help:"simulate.cli"`
	Tour      tourCmd      `cmd:"" help:"tour.cli"`
	Version   versionCmd   `cmd:"" help:"cli.version"`
}
