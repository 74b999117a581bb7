# The only door: everything that people and CI do starts here.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := build

# C libraries that Package.swift declares; nothing else is installed.
PACKAGES := libre2-dev libsqlite3-dev zlib1g-dev
SOURCES := Package.swift Sources Tests Benchmarks

# $(call timed,name,command): runs it and says how long it took.
timed = @start=$$SECONDS; $(2); echo "== $(1): $$((SECONDS - start)) s"
# $(call suite,name,command): the same of a suite of tests, which tells only what failed, numbers, and its last line.
suite = $(call timed,$(1),Tests/suite.sh '.build/$(1).log' $(2))

.PHONY: setup build build-tests release lint format test unit contract stories browser properties faults kills mutants test-live demo bench bench-doctor bench-service clean

setup: ## Installs the C libraries that are missing.
	@missing=(); for package in $(PACKAGES); do \
	    dpkg-query -W -f='$${Status}' "$$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$$package"); \
	done; \
	if [ $${#missing[@]} -eq 0 ]; then exit 0; fi; \
	if [ "$$(id -u)" -ne 0 ]; then \
	    echo "these packages are missing; install them, then run make again:" >&2; \
	    echo "    sudo apt-get install -y $${missing[*]}" >&2; exit 1; \
	fi; \
	apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q "$${missing[@]}"

build: setup ## Builds everything for debugging.
	swift build

release: setup ## Builds the one file to install: .build-release/release/countersign; fails when it needs too much.
	Deployment/release.sh countersign

lint: ## Checks the format of every source file, and that imports are declared.
	swift format lint --strict --recursive $(SOURCES)

format: ## Formats every source file.
	swift format --in-place --recursive $(SOURCES)

test: setup lint ## Everything that CI checks, one suite after the other.
	@$(MAKE) --no-print-directory unit contract stories browser properties faults kills

build-tests: setup
	$(call timed,build,swift build --build-tests --explicit-target-dependency-import-check error)

unit: build-tests ## Tables and golden files.
	$(call suite,unit and golden,swift test --skip-build --filter '^(CRE2Tests|GatePolicyTests|GateImportTests|GateStoreTests|GateServiceTests|GateDoctorTests|PrometheusMetricsTests|LastingConnectionsTests|CountersignCLITests|DocumentationTests)\.')

contract: build-tests ## The client and the simulator against recorded reality.
	$(call suite,contract,swift test --skip-build --filter '^(GateForgeTests|GiteaSimulatorTests)\.')

# All of them at once would make every call wait longer than its deadline.
stories: build-tests ## Stories from the user's side, over HTTP against the simulator.
	@$(MAKE) --no-print-directory setup PACKAGES="nginx-light systemd"
	$(call suite,stories,swift test --skip-build --experimental-maximum-parallelization-width 16 --filter '^EndToEndTests\.')

browser: build-tests ## The pages, in headless Chromium too; keeps screenshots in .build/screenshots.
	@$(MAKE) --no-print-directory setup PACKAGES="chromium chromium-driver fonts-dejavu-core w3m"
	$(call suite,browser,env BROWSER_SHOTS=.build/screenshots timeout 240 swift test --skip-build --filter '^GateWebTests\.')

properties: setup ## Generated policies and facts against the law, and any bytes against the readers; the seed is printed.
	$(call timed,properties build,swift build -c release -debug-info-format none --product policy-properties)
	$(call timed,properties,.build/release/policy-properties)

faults: build-tests ## What goes wrong around the service, 2,000 random runs among it; FAULT_SEED chooses others, FAULT_RUN one of them.
	$(call suite,faults side by side,env FAULT_RUNS=$${FAULT_RUNS:-2000} swift test --skip-build --experimental-maximum-parallelization-width 16 --filter '^FaultTests\.(SteppedFaults|BoundToHeadBaseAndPolicy)')
	$(call suite,faults one by one,swift test --skip-build --filter '^FaultTests\.Faults')

kills: build-tests ## The service is killed 100 times under load, and nothing that it answered is lost.
	$(call suite,kills,env FAULT_KILLS=$${FAULT_KILLS:-100} swift test --skip-build --filter '^FaultTests\.Kills')

mutants: setup ## Makes known mistakes one at a time and lists those that no test notices; takes half an hour.
	Tests/Mutants/run.sh $(ONLY)

test-live: ## The stories against a real server: make test-live GITEA=https://… ADMIN_TOKEN_FILE=…
	@test -n "$(GITEA)" -a -n "$(ADMIN_TOKEN_FILE)" || { echo "usage: make test-live GITEA=URL ADMIN_TOKEN_FILE=FILE" >&2; exit 64; }
	@$(MAKE) --no-print-directory build-tests
	LIVE_GITEA="$(GITEA)" LIVE_ADMIN_TOKEN_FILE="$(ADMIN_TOKEN_FILE)" swift test --skip-build --no-parallel --filter '^EndToEndTests\.'

demo: setup ## A forge with a story in it, its pull requests gated, what happened, and the pages; SERVE=no ends it there.
	swift build --product gitea-simulator
	swift build --product countersign
	.build/debug/gitea-simulator demo --countersign .build/debug/countersign \
	    $(if $(PORT),--port $(PORT)) $(if $(filter no,$(SERVE)),--no-serve)

bench: setup ## Measures an evaluation: time, instructions, allocations.
	Benchmarks/run.sh

bench-doctor: setup ## Measures the doctor on 200 repositories and 40 teams; fails over 60 s or 8 calls for one.
	Deployment/release.sh countersign gitea-simulator
	.build-release/release/gitea-simulator doctor-calls --countersign .build-release/release/countersign

bench-service: setup ## Measures the service against the simulator, both built for release, and prints one table.
	Deployment/release.sh countersign service-benchmark
	.build-release/release/service-benchmark --countersign $(CURDIR)/.build-release/release/countersign $(PARTS)

clean:
	rm -rf .build .build-*
