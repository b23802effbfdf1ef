package arch

// The groups that several rules speak of. A name stands for a package and what is below it, but
// "app" is the vocabulary alone and "main" the window's main package.
var (
	vocabulary = []string{"app"}
	pureRooms  = []string{
		"app/identity", "app/region", "app/scheme", "app/roster", "app/card", "app/journal",
		"app/vault", "app/sealed", "app/words", "app/cose", "app/office", "app/picture", "app/benefit",
	}
	useCases = []string{
		"app/counter", "app/sponsor", "app/issuing", "app/custody", "app/proof",
		"app/checking", "app/access", "app/post",
		"app/reporting", "app/event",
	}
	durable    = []string{"app/durable"} // whole files, for the edges that write some
	uiTools    = []string{"ui/widgets", "ui/task", "ui/theme"}
	everything = []string{"*"}
)

// room says what packages of ours a part of the house may import, besides what is below the same
// path. The first room that fits a package decides; a package without a room is a mistake.
type room struct {
	name  string
	paths []string
	own   []string
	each  bool // each folder below the path is a room of its own, as with screens
}

var rooms = []room{
	{name: "the vocabulary imports nothing of ours", paths: vocabulary},
	{
		name:  "sentences, regions and rules come from pure rooms and assets",
		paths: []string{"app/words", "app/region", "app/scheme", "app/benefit"},
		own:   join(vocabulary, pureRooms, []string{"assets"}),
	},
	{name: "pure rooms import the vocabulary and pure rooms", paths: pureRooms, own: join(vocabulary, pureRooms)},
	{
		name:  "proof needs only app, journal, card, sealed",
		paths: []string{"app/proof"},
		own:   join(vocabulary, []string{"app/journal", "app/card", "app/sealed"}),
	},
	{name: "use cases import pure rooms and no other use case", paths: useCases, own: join(vocabulary, pureRooms)},
	{name: "durable writing imports nothing of ours", paths: durable},
	{name: "the carrier imports pure rooms and no use case", paths: []string{"app/carrier"}, own: join(vocabulary, pureRooms, durable)},
	{
		name:  "head office imports pure rooms and assets, and is given its store",
		paths: []string{"app/headoffice"},
		own:   join(vocabulary, pureRooms, durable, []string{"assets"}),
	},
	{name: "programs see everything", paths: []string{"app/cmd", "main"}, own: everything},
	{name: "the proof of the rules imports nothing", paths: []string{"app/arch"}},
	{name: "storage imports pure rooms and assets", paths: []string{"storage"}, own: join(vocabulary, pureRooms, durable, []string{"assets"})},
	{
		name:  "printing imports app, card, words, assets",
		paths: []string{"printing"},
		own:   join(vocabulary, durable, []string{"app/card", "app/words", "assets"}),
	},
	{
		name:  "a screen imports use cases, pure rooms and the ui's tools, never another screen",
		paths: []string{"ui/screens"},
		own:   join(vocabulary, pureRooms, useCases, uiTools),
		each:  true,
	},
	{
		name:  "the shell imports use cases, pure rooms and the ui's tools, never a screen",
		paths: []string{"ui/shell"},
		own:   join(vocabulary, pureRooms, useCases, uiTools, []string{"assets"}),
	},
	{
		name:  "the window sees the whole ui and the use cases",
		paths: []string{"ui/window"},
		own:   join(vocabulary, pureRooms, useCases, uiTools, []string{"ui/shell", "ui/screens", "assets"}),
	},
	{name: "the ui's tools know no screen and no use case", paths: uiTools, own: join(vocabulary, pureRooms, uiTools, []string{"assets"})},
	{name: "assets import nothing", paths: []string{"assets"}},
}

// noRoom is the complaint about a package that the rooms above do not name.
const noRoom = "every package has a room in this table"

// reserved is what only some packages may use: imports, and the functions and statements that
// need as much care ("time#Now" is a call of it, "#go" a go statement).
type reserved struct {
	name string
	uses []string
	only []string
}

var reservations = []reserved{
	{"the window is opened in main.go only", []string{"fyne.io/fyne/v2/app"}, []string{"main"}},
	{"fyne stays in ui and main.go", []string{"fyne.io"}, []string{"ui", "main"}},
	{
		"SQL and its drivers stay in storage",
		[]string{"database/sql", "modernc.org/sqlite", "github.com/jackc", "github.com/lib/pq", "github.com/mattn/go-sqlite3"},
		[]string{"storage"},
	},
	{
		"net/http stays with the carrier, head office, the spooler and programs",
		[]string{"net/http"},
		[]string{"app/carrier", "app/headoffice", "printing/spool", "app/cmd"},
	},
	{"gofpdf stays in printing/pdf", []string{"github.com/jung-kurt/gofpdf", "codeberg.org/go-pdf/fpdf"}, []string{"printing/pdf"}},
	{"QR codes are drawn in printing/drawing", []string{"github.com/skip2/go-qrcode"}, []string{"printing/drawing"}},
	{"the command line is read in programs", []string{"github.com/alecthomas/kong", "flag"}, []string{"app/cmd", "main"}},
	{"no cgo of our own", []string{"C"}, nil},
	{"the ui's thread is entered in ui/task only", []string{"fyne.io/fyne/v2#Do", "fyne.io/fyne/v2#DoAndWait"}, []string{"ui/task"}},
	{"the running app is asked for in main.go and the shell only", []string{"fyne.io/fyne/v2#CurrentApp"}, []string{"main", "ui/shell"}},
}

// banned is what some packages must not use.
type banned struct {
	name   string
	in     []string
	uses   []string
	except []string
}

// outside is the world: files, network, processes, databases, logs.
var outside = []string{
	"os", "net", "database/sql", "io/ioutil", "path/filepath", "syscall", "log", "plugin",
	"golang.org/x/sys", "testing",
}

// ownClock is reading the time from the computer instead of from the caller.
var ownClock = []string{"time#Now", "time#Since", "time#Until"}

var bans = []banned{
	{"the vocabulary imports the standard library only", vocabulary, []string{"*.*"}, nil},
	{"the vocabulary touches no files, network or database", vocabulary, outside, nil},
	{"assets embed and do nothing else", []string{"assets"}, join(outside, []string{"*.*"}), nil},
	{"pure rooms touch no files, network or database", pureRooms, outside, []string{"net/netip", "net/url"}},
	{"pure rooms have no clock of their own", pureRooms, ownClock, nil},
	{"use cases reach the world through their interfaces", useCases, outside, []string{"net/netip", "net/url", "log/slog"}},
	{"use cases are given a clock", useCases, ownClock, nil},
	{
		"folders are made by app/durable, which flushes them into the one above",
		[]string{"app/cmd/desk", "app/cmd/centre", "app/carrier", "app/headoffice", "storage", "printing"},
		[]string{"os#Mkdir", "os#MkdirAll"},
		nil,
	},
	{"goroutines of the ui start in ui/task only", []string{"ui/screens", "ui/shell", "ui/widgets", "ui/theme"}, []string{"#go"}, nil},
}

// vague are names that say nothing about what is inside.
var vague = []string{
	"util", "utils", "common", "base", "helper", "helpers", "manager", "misc", "shared", "lib",
	"pkg", "internal", "data", "info", "types", "models",
}

const vagueName = "a package is named after what it holds"
