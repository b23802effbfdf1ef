# Loket. `make run` and `make test` do their whole job on a fresh Debian or Ubuntu with Go, make
# and git: they install what is missing, build, and go.

# Fyne complains about the locale C, and commands choose their language by it.
ifeq ($(filter-out C POSIX,$(LANG)),)
export LANG := C.UTF-8
endif
ifeq ($(LC_ALL),C)
export LC_ALL := C.UTF-8
endif

# Everything but the window's main package builds and is tested without cgo.
ROOMS := ./app/... ./assets/... ./printing/... ./storage/... ./ui/...

# A checkout that belongs to somebody else has no readable history to stamp into the programs.
STAMP := -buildvcs=$(shell git rev-parse HEAD >/dev/null 2>&1 && echo true || echo false)
BUILD := go build $(STAMP) -ldflags "-s -w"

OUT ?= out

.PHONY: help run test build window window-check lint vet unit windows-check tour bench figures large windows format clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run: ## head office and window for practice; without a display the tour, with pictures in out/
	@.ci/go
	@.ci/packages window $(if $(DISPLAY)$(WAYLAND_DISPLAY),,display readers)
	@$(MAKE) --no-print-directory build window
ifeq ($(DISPLAY)$(WAYLAND_DISPLAY),)
	@echo "No display here: running the tour on a virtual one. Pictures and PDFs will be in $(OUT)/."
	@mkdir -p $(OUT)
	bin/loketctl tour --out $(OUT) --screens
else
	bin/loket --practice
endif

PART := .ci/part

test: ## everything that must pass: lint, vet, tests, Windows, the window, the tour
	@rm -f out/parts.txt
	@.ci/go
	@code=0; { \
		$(PART) packages 180 .ci/packages test && \
		$(PART) lint 240 $(MAKE) --no-print-directory lint && \
		$(PART) vet 60 $(MAKE) --no-print-directory vet && \
		$(PART) unit 420 $(MAKE) --no-print-directory unit && \
		$(PART) windows-check 150 $(MAKE) --no-print-directory windows-check && \
		$(PART) window-check 300 $(MAKE) --no-print-directory window-check && \
		$(PART) tour 150 $(MAKE) --no-print-directory tour; } || code=$$?; $(PART) --report; \
		[ $$code = 0 ] && echo "make test: all passed"; exit $$code

build: ## bin/loketctl
	CGO_ENABLED=0 $(BUILD) -o bin/loketctl ./app/cmd/loketctl

window: ## bin/loket, the window (cgo; the first build takes minutes)
	CGO_ENABLED=1 $(BUILD) -o bin/loket .

window-check: window ## what lint and vet could not see without cgo: the window's main package
	CGO_ENABLED=1 go vet .
	CGO_ENABLED=1 .ci/lint run .

lint: ## golangci-lint and formatting
	CGO_ENABLED=0 .ci/lint run $(ROOMS)

vet: ## go vet
	CGO_ENABLED=0 go vet $(ROOMS)

unit: ## unit, conformance, script and screen tests, without cgo and display; fuzz seeds included
	CGO_ENABLED=0 go test -timeout 20m $(ROOMS)

windows-check: ## everything without cgo compiles for Windows, its tests too
	GOOS=windows CGO_ENABLED=0 go build $(ROOMS)
	GOOS=windows CGO_ENABLED=0 go vet $(ROOMS)

tour: build ## the journeys from end to end against a real head office process, in out/tour
	bin/loketctl tour --out $(OUT)/tour

bench: build ## the figures, on this machine
	bin/loketctl bench

figures: bench ## the figures, and those of the window on a virtual display
	.ci/window-figures

large: ## a list of 150,000 people from its file to head office while the power fails; takes minutes
	LOKET_LARGE=150000 CGO_ENABLED=0 go test -count=1 -run ALargeList -v -timeout 2h ./app/cmd/loketctl

release: ## what is too heavy for each change; minutes to an hour; its dated result stands in docs/RELIABILITY.md
	@.ci/go
	@.ci/packages test windows servers
	@$(MAKE) --no-print-directory build
	.ci/release

windows: ## bin/loket.exe and bin/loketctl.exe (mingw-w64)
	@.ci/go
	@.ci/packages windows
	GOOS=windows GOARCH=amd64 CGO_ENABLED=0 $(BUILD) -trimpath -o bin/loketctl.exe ./app/cmd/loketctl
	GOOS=windows GOARCH=amd64 CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc \
		go build $(STAMP) -trimpath -ldflags "-s -w -H=windowsgui" -o bin/loket.exe .

format: ## gofumpt over the tree
	.ci/lint fmt ./...

clean: ## remove what was built and made
	rm -rf bin $(OUT)
