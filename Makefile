# Short names for ./platform; see ./platform --help.
# YES=1 skips the confirmation; COMPOSE_FILE=docker-compose.staging.yml makes db-export use staging.
.PHONY: help deploy-production deploy-staging health-check-prod health-check-staging test-staging db-export rollback-production rollback-staging

# Selects the environment here only; ./platform passes its own files to docker compose.
unexport COMPOSE_FILE
environment := $(if $(findstring staging,$(COMPOSE_FILE)),staging,production)
STAGING_URL ?= http://localhost:8081
answer := $(if $(YES),--yes)

help:
	@./platform --help

deploy-production:
	@./platform deploy production $(answer)

deploy-staging:
	@./platform deploy staging

rollback-production:
	@./platform rollback production $(answer)

rollback-staging:
	@./platform rollback staging

health-check-prod:
	@./platform health production

health-check-staging:
	@./platform health staging

# Smoke test from inside, then the published address.
test-staging:
	@./platform smoke staging
	@curl --fail --silent --show-error --max-time 10 '$(STAGING_URL)/healthz' && echo

db-export:
	@./platform backup $(environment)
