# The commands of the project. Each is a few lines of shell in build/, where the comments are.
.PHONY: help restore build run test fuzz soak upgrade bench mutation golden rules fmt clean

help:
	@echo 'make run [DATA=dossier] [ONCE=1] [HOST=cluster]   démarre la plate-forme et y joue une journée d’actes'
	@echo 'make test [SUITES="Cpom.Tidy …"]   installe ce qui manque et passe toutes les suites'
	@echo 'make bench [ONLY=P1,P4]            mesure la plate-forme à côté de ses références'
	@echo 'make golden                        met à jour les formats stockés de la version en cours'
	@echo 'make rules                         le catalogue des règles : où chacune est décidée, ses spécifications, ses refus'
	@echo 'make fuzz [MINUTES=n] [SEED=n]      abîme fichiers, commandes et appels, et dit ce qui n’y résiste pas'
	@echo 'make mutation [ONLY=Sanctions]      change le domaine à l’insu de ses spécifications, et compte ce qu’elles voient'
	@echo 'make soak [MINUTES=n] [KILLS=n] [SEED=n] [STORE=sqlite|postgres] [HOST=cluster]   charge et pannes au hasard, puis vérification'
	@echo 'make upgrade [FROM=commit]          remplace sous charge une grappe d’une autre version par celle-ci, et l’inverse'
	@echo 'make restore | build | fmt | clean'

restore:
	@build/restore.sh

build: restore
	@dotnet build Cpom.Orleans.sln -c $${CONFIGURATION:-Release} --no-restore -v q -nologo -clp:NoSummary

run: export DATA := $(DATA)
run: export ONCE := $(ONCE)
run: export HOST := $(HOST)
run:
	@build/run.sh

test: export SUITES := $(SUITES)
test:
	@build/test.sh

bench: export ONLY := $(ONLY)
bench: export ROUNDS := $(ROUNDS)
bench: export SCALE := $(SCALE)
bench:
	@build/bench.sh

golden:
	@build/golden.sh

rules:
	@build/rules.sh

fuzz: export MINUTES := $(MINUTES)
fuzz: export SEED := $(SEED)
fuzz:
	@build/fuzz.sh

soak: export MINUTES := $(MINUTES)
soak: export KILLS := $(KILLS)
soak: export SEED := $(SEED)
soak: export STORE := $(STORE)
soak: export HOST := $(HOST)
soak:
	@build/soak.sh

upgrade: export FROM := $(FROM)
upgrade:
	@build/upgrade.sh

mutation: export ONLY := $(ONLY)
mutation: export WORKERS := $(WORKERS)
mutation:
	@build/mutation.sh

fmt: restore
	@dotnet format Cpom.Orleans.sln --no-restore

# Build output and the feed's answer; never data/.
clean:
	@rm -rf obj src/*/bin src/*/obj tests/*/bin tests/*/obj Directory.Feed.props
