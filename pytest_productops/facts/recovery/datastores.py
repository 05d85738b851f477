"""Datastores: what the product keeps its data in, by containers, charts, infrastructure, libraries and schemas.

A cache or a queue is none, and neither is what only tests and examples start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from pytest_productops.facts.components import Components
from pytest_productops.facts.files import Files, Unreadable, own_words
from pytest_productops.facts.formats.yaml import Map, YamlError, read
from pytest_productops.facts.manifests import Manifests
from pytest_productops.facts.product.words import ASIDE, COMPOSE
from pytest_productops.lazy import dataclass, regex
from pytest_productops.model import Location
from pytest_productops.repository import Fact, Repository

_STORES = (
    r"postgres(?:ql)?(?:-ha)?|postgis|timescaledb(?:-ha)?|pgvector|mysql(?:-server)?"
    r"|mariadb(?:-galera)?|percona\w*|mongo(?:db)?"
    r"|couchdb|cassandra|scylla|cockroach(?:db)?|clickhouse(?:-server)?|elasticsearch|opensearch|neo4j"
    r"|influxdb|mssql"
    r"|oracle\w*|minio|etcd|arangodb|rethinkdb|dgraph|tidb|yugabyte\w*|surrealdb"
)
_IMAGE = regex(rf"(?:.*/)?(?:{_STORES})(?::[^/]*)?(?:@.*)?|.*mssql/server.*", re.IGNORECASE)
_TERRAFORM = regex(
    r"(?m)^[ \t]*resource[ \t]+\"(aws_(?:db_instance|rds_cluster|dynamodb_table|docdb_cluster"
    r"|neptune_cluster|redshift_cluster)"
    r"|google_(?:sql_database_instance|spanner_instance|bigtable_instance|firestore_database)"
    r"|azurerm_(?:postgresql|mysql|mariadb|mssql|cosmosdb)\w*(?:server|database|account)"
    r"|digitalocean_database_cluster"
    r"|scaleway_rdb_instance|mongodbatlas_(?:advanced_)?cluster)\""
)
_LIBRARIES = frozenset(
    [
        "psycopg",
        "psycopg2",
        "psycopg2-binary",
        "asyncpg",
        "pg8000",
        "mysqlclient",
        "pymysql",
        "aiomysql",
        "sqlalchemy",
        "flask-sqlalchemy",
        "sqlmodel",
        "tortoise-orm",
        "peewee",
        "pymongo",
        "motor",
        "mongoengine",
        "beanie",
        "cassandra-driver",
        "pyodbc",
        "django-environ-db",
        "pg",
        "pg-promise",
        "postgres",
        "mysql",
        "mysql2",
        "mariadb",
        "mongodb",
        "mongoose",
        "sequelize",
        "typeorm",
        "@prisma/client",
        "prisma",
        "knex",
        "drizzle-orm",
        "mikro-orm",
        "@mikro-orm/core",
        "objection",
        "tedious",
        "trilogy",
        "activerecord",
        "sequel",
        "mongoid",
        "sqlx",
        "diesel",
        "sea-orm",
        "tokio-postgres",
        "mongodb",
        "github.com/lib/pq",
        "github.com/jackc/pgx/v5",
        "github.com/jackc/pgx/v4",
        "gorm.io/gorm",
        "github.com/go-sql-driver/mysql",
        "go.mongodb.org/mongo-driver",
        "github.com/jmoiron/sqlx",
        "entgo.io/ent",
        "postgrex",
        "myxql",
        "ecto_sql",
        "doctrine/orm",
        "doctrine/doctrine-bundle",
        "illuminate/database",
        "mongodb/mongodb",
        "org.postgresql:postgresql",
        "mysql:mysql-connector-java",
        "com.mysql:mysql-connector-j",
        "org.mariadb.jdbc:mariadb-java-client",
        "org.springframework.boot:spring-boot-starter-data-jpa",
        "org.springframework.boot:spring-boot-starter-jdbc",
        "org.springframework.boot:spring-boot-starter-data-mongodb",
    ]
)
_SCHEMA = regex(
    r"(?:[\w.-]+/){0,2}(?:db/schema\.rb|db/structure\.sql|prisma/schema\.prisma|alembic\.ini"
    r"|priv/repo/migrations/\d\w*\.exs)"
    r"|(?:.+/)?(?:db/migrations?/V\d[\w.]*\.sql|migrations/0001_\w+\.py|migrations/versions/\w+\.py)"
)


@dataclass(frozen=True)
class Datastore:
    """Something that holds data, and what shows it."""

    name: str
    location: Location


class Datastores(Fact):
    """The datastores of the product."""

    def __init__(self, files: Files, manifests: Manifests, components: Components) -> None:
        self._files = files
        self._manifests = manifests
        self._folders = frozenset(each.folder for each in components.all)

    @classmethod
    def gather(cls, repository: Repository) -> Datastores:
        """Never fails."""
        return cls(repository[Files], repository[Manifests], repository[Components])

    @cached_property
    def all(self) -> tuple[Datastore, ...]:
        """Each name once, what is nearest to production first."""
        found = (
            *self._infrastructure(),
            *self._charts(),
            *self._composed(),
            *self._libraries(),
            *self._schemas(),
        )
        return tuple({each.name: each for each in reversed(found)}.values())[::-1]

    @cached_property
    def _own(self) -> tuple[str, ...]:
        return tuple(path for path in self._files if own_words(path) and not ASIDE.search(path))

    def _text(self, path: str) -> str:
        try:
            return self._files.read(path)
        except Unreadable:
            return ""

    def _infrastructure(self) -> Iterator[Datastore]:
        for path in self._own:
            text = self._text(path) if path.endswith(".tf") else ""
            for match in _TERRAFORM.finditer(text):
                yield Datastore(match[1], Location(path, text.count("\n", 0, match.start(1)) + 1))

    def _charts(self) -> Iterator[Datastore]:
        for path in self._own:
            chart = (
                self._yaml(path) if path.rpartition("/")[2] in {"Chart.yaml", "requirements.yaml"} else None
            )
            given = chart.get("dependencies") if isinstance(chart, Map) else None
            for each in given if isinstance(given, list) else ():
                name = each.get("name") if isinstance(each, Map) else None
                if isinstance(name, str) and _IMAGE.fullmatch(name):
                    yield Datastore(name, Location(path, each.lines["name"]))

    def _composed(self) -> Iterator[Datastore]:
        for path in filter(COMPOSE.fullmatch, self._own):
            data = self._yaml(path)
            services = data.get("services") if isinstance(data, Map) else None
            for service in services.values() if isinstance(services, Map) else ():
                image = service.get("image") if isinstance(service, Map) else None
                if isinstance(image, str) and _IMAGE.fullmatch(image):
                    yield Datastore(image, Location(path, service.lines["image"]))

    def _libraries(self) -> Iterator[Datastore]:
        for folder in sorted(self._folders):
            for manifest in self._manifests.within(folder):
                for each in manifest.asks(""):
                    if each.name.lower() in _LIBRARIES and not each.local:
                        yield Datastore(each.name, each.location)

    def _schemas(self) -> Iterator[Datastore]:
        for path in filter(_SCHEMA.fullmatch, self._own):
            yield Datastore("a schema of its own", Location(path))
            return

    def _yaml(self, path: str) -> Any:
        try:
            return read(self._text(path), path).value
        except YamlError:
            return None
