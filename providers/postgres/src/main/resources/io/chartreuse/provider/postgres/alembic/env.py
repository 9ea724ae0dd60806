"""Runs inside the user's Alembic and answers Chartreuse.

The user's own command loads this file as the env.py of a private script directory (`alembic -c private.ini current`).
It reserves standard input and output for the protocol: one request or answer per line, as JSON after a random mark.
From here on, the output of the project goes to standard error.

This process loads nothing of the user's project. For each request it forks a child that loads the project as a call of
Alembic would: nothing that env.py or a revision leaves behind in Python reaches the next request. A child ends when
the process that sends the requests is gone.
"""
import argparse
import ast
import atexit
import io
import json
import os
import queue
import re
import signal
import site
import sys
import sysconfig
import threading
import traceback
from importlib import _bootstrap_external as external

import alembic
from alembic import command
from alembic import context
from alembic import util
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory

LONGEST_SQL = 8 * 1024 * 1024
MOST_LINES = 500
LONGEST_LINE = 4000


class Channel:
    """Standard input and output as they were when the process began."""

    def __init__(self, mark):
        self.mark = mark
        self.input = os.dup(0)
        self.output = os.dup(1)
        self.read = b""
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        os.dup2(2, 1)

    def send(self, message):
        line = (self.mark + json.dumps(message) + "\n").encode("ascii")
        while line:
            line = line[os.write(self.output, line) :]

    def receive(self):
        """The next message, or None at the end of the input."""
        while b"\n" not in self.read:
            chunk = os.read(self.input, 65536)
            if not chunk:
                return None
            self.read += chunk
        line, self.read = self.read.split(b"\n", 1)
        return json.loads(line.decode("utf-8"))


class Asker:
    """A child's side of the channel. Its thread ends the child when the process that sends requests is gone."""

    def __init__(self, channel):
        self.channel = channel
        self.replies = queue.Queue()
        thread = threading.Thread(target=self._listen, daemon=True)
        thread.start()

    def _listen(self):
        while True:
            reply = self.channel.receive()
            if reply is None:
                os.kill(os.getpid(), signal.SIGKILL)
            self.replies.put(reply)

    def tell(self, message):
        self.channel.send(message)

    def ask(self, message):
        """Waits for the answer; raises an error if it is a refusal."""
        self.channel.send(message)
        reply = self.replies.get()
        if "refused" in reply:
            raise util.CommandError(reply["refused"])
        return reply


class Project:
    """The user's configuration and scripts, loaded as Alembic's own command would load them."""

    def __init__(self, settings, words, options):
        own = settings.config_file_name
        self.file = settings.get_main_option("chartreuse_config")
        sys.argv = [self.file if word == own else word for word in sys.argv[:-1]] + words
        values = dict(vars(settings.cmd_opts))
        several = isinstance(values.get("config"), list)
        values.update(options, config=[self.file] if several else self.file)
        values["cmd"] = (getattr(command, words[0]), [], {})
        arguments = {"file_": self.file, "ini_section": settings.config_ini_section}
        if getattr(settings, "toml_file_name", None):
            arguments["toml_file"] = settings.toml_file_name
        self.config = Config(cmd_opts=argparse.Namespace(**values), **arguments)
        self.script = ScriptDirectory.from_config(self.config)
        if getattr(self.script, "sourceless", False):
            raise util.CommandError("sourceless = true would run compiled files, which cannot be reviewed; remove it")
        self.code = os.path.abspath(os.path.join(str(self.script.dir), "env.py"))
        if not os.path.isfile(self.code):
            raise util.CommandError("there is no file " + self.code)
        from_source([str(self.script.dir), *map(str, getattr(self.script, "_version_locations", ()))])

    def run(self, steps, **options):
        with EnvironmentContext(self.config, self.script, fn=steps, **options):
            self.script.run_env()


def from_source(scripts):
    """Makes Python compile the project's files from the reviewed source.

    Without this, Python prefers a compiled copy of a file (__pycache__), which may hold other code.
    Installed packages are still loaded from their compiled copies, which is much faster.
    """
    own = {os.path.realpath(one) for one in scripts}
    installed = {os.path.realpath(one) for one in packages()}
    compiled = external.cache_from_source

    def cache_from_source(path, *arguments, **options):
        nearest = next((one for one in parents(os.path.realpath(path)) if one in own or one in installed), None)
        if nearest is None or nearest in own:
            raise NotImplementedError("it is compiled each time that it is loaded")
        return compiled(path, *arguments, **options)

    external.cache_from_source = cache_from_source


def packages():
    """The folders of Python's own modules and of installed ones."""
    paths = sysconfig.get_paths()
    found = [paths[name] for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    found.extend(getattr(site, "getsitepackages", list)())
    found.append(getattr(site, "getusersitepackages", str)())
    return [one for one in found if one]


def parents(path):
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        yield path


class Stage:
    """The current phase, for the explanation of a failure."""

    name = "scripts"


# Reading: the project's revisions, and the database's revision.


def look(asker, settings, request):
    project = Project(settings, ["current"], {"verbose": False})
    revisions = [described(project.script, one) for one in project.script.walk_revisions()]
    answer = {"revisions": revisions, "code": project.code}
    if request["database"]:
        Stage.name = "environment"
        answer["database"] = database(project)
    if request.get("target"):
        Stage.name = "target"
        answer["targets"] = targets(project.script, request["target"])
    return answer


def described(script, revision):
    needed = []
    for name in util.to_tuple(revision.dependencies, default=()):
        needed.extend(one.revision for one in script.get_revisions(name) if one is not None)
    paragraph = re.split(r"\n\s*\n", revision.longdoc.strip(), maxsplit=1)[0]
    return {
        "id": revision.revision,
        "parents": list(util.to_tuple(revision.down_revision, default=())),
        "dependencies": needed,
        "path": revision.path,
        "message": " ".join(line.strip() for line in paragraph.splitlines()),
    }


def targets(script, name):
    if name in ("head", "heads"):
        return sorted(script.get_heads())
    return sorted({one.revision for one in script.get_revisions(name) if one is not None})


def database(project):
    """The database's revision. An env.py may run the migrations several times, for example once per schema."""
    found = {"runs": [], "rows": [], "unknown": None, "url": None, "autocommit": False, "each": False}

    def read(rows, run):
        connection = run.connection
        if found["url"] is None and connection is not None:
            found["url"] = connection.engine.url.render_as_string(hide_password=True)
            found["table"] = run.version_table
            found["schema"] = run.version_table_schema
            found["autocommit"] = is_outside(connection)
            found["each"] = has_transaction_each(run)
        found["rows"].extend(rows)
        for row in rows:
            try:
                project.script.get_revision(row)
            except util.CommandError:
                found["unknown"] = row
        if found["unknown"] is None:
            found["runs"].append([one.revision for one in project.script.get_all_current(rows)])
        return []

    project.run(read, dont_mutate=True)
    return found


def has_transaction_each(run):
    """Whether each revision is committed by itself."""
    return bool(run.opts.get("transaction_per_migration", False)) or not run.impl.transactional_ddl


# Rendering: the SQL of pending revisions, in one run of env.py's offline mode.


def render(asker, settings, request):
    pending = request["pending"]
    if not request["sql"]:
        project = Project(settings, ["current"], {"verbose": False})
        for name in pending:
            asker.tell(part(name, {"outside": seems_outside(project.script, name)}))
        return {}
    in_a_fixed_order()
    words = ["upgrade", request["from"][0] + ":" + pending[-1], "--sql"]
    project = Project(settings, words, {"revision": words[1], "sql": True, "tag": None})
    buffer = project.config.output_buffer = io.StringIO()
    reported = set()

    def steps(rows, run):
        framed = taken(buffer)
        for name in pending:
            revision = project.script.get_revision(name)
            step = MigrationStep.upgrade_from_script(project.script.revision_map, revision)
            failed = guarded(step)
            yield step
            text = taken(buffer)
            if name not in reported:
                if not reported:
                    asker.tell(part("", {"sql": creation(text)}))
                reported.add(name)
                why = {"outside": seems_outside(project.script, name), "why": reason(failed[0])} if failed else None
                asker.tell(part(name, why or rendered(text, framed)))

    start = tuple(request["from"])
    Stage.name = "environment"
    try:
        project.run(steps, as_sql=True, starting_rev=start if len(start) > 1 else start[0], destination_rev=pending[-1])
        why = "env.py runs no migration in its offline mode"
    except (Exception, SystemExit) as error:
        why = "env.py fails in its offline mode: " + reason(error)
    for name in pending:
        if name not in reported:
            asker.tell(part(name, {"outside": seems_outside(project.script, name), "why": why}))
    return {}


def part(name, content):
    return {"event": "part", "revision": name, "part": content}


def reason(error):
    """The error in one line."""
    lines = str(error).strip().splitlines()
    return (type(error).__name__ + (": " + lines[0] if lines else ""))[:200]


def in_a_fixed_order():
    """Sorts the indexes of a table. SQLAlchemy keeps them as a set, so CREATE INDEX statements would vary in order."""
    from sqlalchemy import Table, event

    class Ordered(set):
        def __iter__(self):
            return iter(sorted(set.__iter__(self), key=lambda one: (str(one.name), [str(c) for c in one.expressions])))

    def attached(table, *ignored):
        table.indexes = Ordered(table.indexes)

    event.listen(Table, "after_parent_attach", attached)


def taken(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def guarded(step):
    """Skips a revision that cannot be rendered (because it reads data, for example); the next one is still rendered."""
    failed = []
    upgrade = step.migration_fn

    def attempt(**options):
        try:
            upgrade(**options)
        except (Exception, SystemExit) as error:
            failed.append(error)

    attempt.__name__ = upgrade.__name__
    step.migration_fn = attempt
    return failed


def creation(text):
    """The SQL before the first revision: it creates the version table if the database has no revision yet."""
    before = text.partition("-- Running upgrade ")[0]
    lines = [line.rstrip() for line in before.split("\n") if line.strip() not in ("", "BEGIN;")]
    return "\n".join(lines) or None


def rendered(text, preamble):
    """The SQL of a revision, without the enclosing transaction and the creation of the version table."""
    before, _, own = text.partition("-- Running upgrade ")
    lines = [line.rstrip() for line in own.split("\n")[1:]]
    while lines and lines[0] == "":
        del lines[0]
    while lines and lines[-1] in ("", "BEGIN;", "COMMIT;"):
        del lines[-1]
    sql = "\n".join(lines)
    framed = "BEGIN;" in preamble or "BEGIN;" in before
    outside = not framed or any(line.strip().upper() in ("COMMIT;", "ROLLBACK;") for line in lines)
    if len(sql) > LONGEST_SQL:
        return {"why": "it has %d characters, which is too much" % len(sql), "outside": outside}
    return {"sql": sql, "outside": outside}


# Analysis of a revision that cannot be rendered.

HARMLESS = re.compile(r"(alembic|sqlalchemy|typing|datetime|decimal|enum|json|re|uuid|textwrap|__future__)(\.|$)")
SUSPECT_NAME = re.compile(
    r"commit|rollback|autocommit_block|autocommit|execution_options|isolation_level|set_isolation_level"
    r"|Session|sessionmaker|scoped_session|create_engine|engine|connect|raw_connection|exec|eval|__import__"
)
SUSPECT_TEXT = re.compile(r"\b(COMMIT|ROLLBACK|AUTOCOMMIT|CONCURRENTLY|VACUUM|CALL)\b", re.IGNORECASE)


def seems_outside(script, name):
    """False if its file shows that it stays in the transaction that Alembic opens; None if that is not known."""
    try:
        with open(script.get_revision(name).path, "rb") as source:
            tree = ast.parse(source.read())
    except (OSError, SyntaxError, ValueError):
        return None
    nodes = list(ast.walk(tree))
    titles = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    return None if any(is_suspect(node) for node in nodes if id(node) not in titles) else False


def is_suspect(node):
    if isinstance(node, ast.Import):
        return not all(HARMLESS.match(one.name) for one in node.names)
    if isinstance(node, ast.ImportFrom):
        names = [one.name for one in node.names]
        return not HARMLESS.match(node.module or "") or any(SUSPECT_NAME.fullmatch(one) for one in names)
    if isinstance(node, ast.Attribute):
        return SUSPECT_NAME.fullmatch(node.attr) is not None
    if isinstance(node, ast.Name):
        return SUSPECT_NAME.fullmatch(node.id) is not None
    if isinstance(node, ast.keyword):
        return node.arg is not None and SUSPECT_NAME.fullmatch(node.arg) is not None
    text = getattr(node, "s" if type(node).__name__ == "Str" else "value", None)  # Str until Python 3.7
    return isinstance(text, str) and SUSPECT_TEXT.search(text) is not None


# Upgrading, reported revision by revision.

INDEXES = re.compile(r"(\s|--[^\n]*\n|/\*.*?\*/)*CREATE\s+(UNIQUE\s+)?INDEX\s", re.IGNORECASE | re.DOTALL)
COMMITS = re.compile(r"^\s*(COMMIT|END)(\s+(WORK|TRANSACTION))?\s*;?\s*$", re.IGNORECASE)
CHANGES_NOTHING = re.compile(
    r"^\s*(SET|RESET|SHOW|BEGIN|START|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE)\b", re.IGNORECASE
)
NOTHING = "DO $$ BEGIN END $$"
SERVER = (
    "SELECT pg_backend_pid(), CASE WHEN current_setting('server_version_num')::int >= 140000"
    " AND position('linux' in version()) > 0"
    " THEN set_config('client_connection_check_interval', '1000', false) END"
)


class Watch:
    """Listens to each connection of SQLAlchemy; asks Chartreuse before a statement runs outside of a transaction."""

    def __init__(self, asker, script):
        from sqlalchemy import event
        from sqlalchemy.engine import Engine

        self.asker = asker
        self.script = script
        self.context = None  # of the first run of the migrations
        self.revision = None  # whose upgrade() runs
        self.changed = False  # whether it has a change in a transaction that is not committed
        self.running = None
        self.patient = False
        self.servers = {}
        event.listen(Engine, "engine_connect", self.connected)
        event.listen(Engine, "before_cursor_execute", self.before, retval=True)
        event.listen(Engine, "after_cursor_execute", self.after)
        event.listen(Engine, "handle_error", self.failed)
        event.listen(Engine, "commit", self.commit)

    def steps(self, target):
        def walk(rows, run):
            self.context = self.context or run
            for step in self.script._upgrade_revs(target, rows):
                name = step.revision.revision
                self.asker.ask({"event": "begin", "revision": name})
                self.changed = False
                self.follow(step, name)
                yield step
                self.asker.tell({"event": "applied", "revision": name, "committed": is_committed(run)})

        return walk

    def follow(self, step, name):
        upgrade = step.migration_fn

        def followed(**options):
            self.revision = name
            try:
                upgrade(**options)
            finally:
                self.revision = None

        followed.__name__ = upgrade.__name__
        step.migration_fn = followed

    def about(self, event, connection):
        """The event with the data that a note of progress needs."""
        return {
            "event": event,
            "revision": self.revision,
            "line": line_in(self.script.get_revision(self.revision).path),
            "server": self.servers.get(id(driver_connection(connection)), 0),
            "table": self.context.version_table,
            "schema": self.context.version_table_schema,
        }

    def connected(self, connection, *ignored):
        """Makes the server check its client, so that a statement does not outlive this process."""
        if connection.dialect.name != "postgresql":
            return
        raw = driver_connection(connection)
        if id(raw) in self.servers:
            return
        cursor = raw.cursor()
        try:
            cursor.execute(SERVER)
            self.servers[id(raw)] = cursor.fetchone()[0]
        finally:
            cursor.close()
        if not getattr(raw, "autocommit", False):
            raw.commit()

    def before(self, connection, cursor, statement, parameters, *ignored):
        if self.revision is None or connection.dialect.name != "postgresql":
            return statement, parameters
        if not is_outside(connection):
            if COMMITS.match(statement):
                self.commits(connection)
            elif not CHANGES_NOTHING.match(statement):
                self.changed = True
        elif not CHANGES_NOTHING.match(statement) and self.outside(connection, statement):
            return NOTHING, parameters
        return statement, parameters

    def outside(self, connection, statement):
        """Whether there is nothing left to do for that statement."""
        question = self.about("statement", connection)
        question["sql"] = as_executed(connection, statement)[:LONGEST_SQL]
        reply = self.asker.ask(question)
        if reply.get("lockTimeout"):
            self.patient = execute(
                connection,
                "SELECT set_config('lock_timeout', '%d', false) FROM pg_settings"
                " WHERE name = 'lock_timeout' AND setting = reset_val" % reply["lockTimeout"],
            )
        self.running = connection
        return reply.get("isDone", False)

    def after(self, connection, cursor, statement, *ignored):
        if self.running is not None:
            self.running = None
            self.impatient(connection)
            self.asker.tell({"event": "done"})
        if self.revision is not None and connection.dialect.name == "postgresql" and INDEXES.match(statement):
            self.index(connection, statement)

    def index(self, connection, statement):
        """Checks the index, because IF NOT EXISTS succeeds also if the existing index is invalid."""
        sql = as_executed(connection, statement)
        query = self.asker.ask({"event": "built", "sql": sql}).get("query")
        if query:
            self.asker.ask({"event": "index", "sql": sql, "found": rows(connection, query)})

    def failed(self, error):
        if self.running is not None:
            connection, self.running = self.running, None
            lines = str(error.original_exception).strip().splitlines()
            self.asker.tell(
                {
                    "event": "failed",
                    "sqlstate": sqlstate(error.original_exception),
                    "message": lines[0] if lines else "",
                    "lost": error.is_disconnect,
                }
            )
            if not error.is_disconnect:
                self.impatient(connection)

    def impatient(self, connection):
        if self.patient:
            self.patient = False
            execute(connection, "RESET lock_timeout")

    def commit(self, connection):
        if self.revision is not None and connection.dialect.name == "postgresql" and not is_outside(connection):
            self.commits(connection)

    def commits(self, connection):
        question = self.about("commit", connection)
        question["changed"], self.changed = self.changed, False
        self.asker.ask(question)


def upgrade(asker, settings, request):
    target = request["target"]
    in_a_fixed_order()
    project = Project(settings, ["upgrade", target], {"revision": target, "sql": False, "tag": None})
    watch = Watch(asker, project.script)
    Stage.name = "environment"
    project.run(watch.steps(target), as_sql=False, starting_rev=None, destination_rev=target, tag=None)
    return {}


def driver_connection(connection):
    pooled = connection.connection
    return getattr(pooled, "dbapi_connection", None) or pooled.connection


def as_executed(connection, statement):
    """The statement as the server gets it: the driver replaces a doubled % by one."""
    doubled = connection.dialect.paramstyle in ("format", "pyformat")
    return statement.replace("%%", "%") if doubled else statement


def is_outside(connection):
    """Whether a statement would be committed on its own: by the isolation level, or after a COMMIT of the script."""
    raw = driver_connection(connection)
    if getattr(raw, "autocommit", False):
        return True
    begun = getattr(raw, "status", None) == 2  # psycopg2 begins no second transaction by itself
    return begun and raw.info.transaction_status == 0


def is_committed(run):
    """Whether what was done until now is committed."""
    connection = run.connection
    return is_outside(connection) or not connection.in_transaction()


def execute(connection, statement):
    """Executes the statement on the driver's own connection. Returns whether there was a row."""
    return bool(rows(connection, statement))


def rows(connection, statement):
    cursor = driver_connection(connection).cursor()
    try:
        cursor.execute(statement)
        return [list(row) for row in cursor.fetchall()] if cursor.description is not None else []
    finally:
        cursor.close()


def line_in(path):
    """The line of that file that is being executed; 0 if there is no such line."""
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_filename == path:
            return frame.f_lineno
        frame = frame.f_back
    return 0


# Failures.


def sqlstate(error):
    """The SQLSTATE, from the attribute that the driver uses for it."""
    seen = 0
    while error is not None and seen < 10:
        for holder in (error, getattr(error, "orig", None)):
            for name in ("pgcode", "sqlstate"):
                state = getattr(holder, name, None)
                if isinstance(state, str):
                    return state
        error = error.__cause__ or error.__context__
        seen += 1
    return None


def failure(error):
    if isinstance(error, util.CommandError):
        lines = ["FAILED: " + str(error)]
    elif isinstance(error, SystemExit):
        lines = ["FAILED: the project ended the process: " + str(error.code)]
    else:
        lines = "".join(traceback.format_exception(type(error), error, error.__traceback__)).splitlines()
    return {
        "stage": Stage.name,
        "lines": [line[:LONGEST_LINE] for line in lines[-MOST_LINES:]],
        "sqlstate": sqlstate(error),
        "lost": bool(getattr(error, "connection_invalidated", False)),
    }


# Serving.


def answer(channel, settings, request):
    """In a child, for one request."""
    asker = Asker(channel)
    os.environ.update(request["environment"])
    try:
        reply = {"look": look, "render": render, "upgrade": upgrade}[request["ask"]](asker, settings, request)
        message = {"answer": reply}
    except BaseException as error:
        message = {"failure": failure(error)}
    asker.tell(message)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            pass  # the project has replaced or closed it


def serve(channel, settings):
    channel.send({"version": alembic.__version__})
    while True:
        request = channel.receive()
        if request is None:
            return
        child = os.fork()
        if child == 0:
            try:
                answer(channel, settings, request)
            finally:
                os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(2, ("\n" + channel.mark + "\n").encode("ascii"))
        channel.send({"ended": status})


serve(Channel(context.config.get_main_option("chartreuse_mark")), context.config)
