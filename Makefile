# Short names for ./platform, which does the work and says more with --help.
# YES=1 answers its question; COMPOSE_FILE=docker-compose.staging.yml makes db-export take staging.
.PHONY: help deploy-production deploy-staging health-check-prod health-check-staging test-staging db-export rollback-production rollback-staging

# Chooses the environment here; docker compose is told its files by ./platform.
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

# The whole way from inside, then the address that clients use.
test-staging:
	@./platform smoke staging
	@curl --fail --silent --show-error --max-time 10 '$(STAGING_URL)/healthz' && echo

db-export:
	@./platform backup $(environment)
