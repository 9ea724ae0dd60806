package io.chartreuse.provider.patroni;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Patroni from the machine's own packages with an etcd, on loopback, in its own directory. Nodes are added one by
 * one; each is up some seconds after its start. Root runs all of it as user postgres, other users as themselves.
 */
public final class RealCluster implements AutoCloseable {

    private static final Path POSTGRES = Path.of("/usr/lib/postgresql");

    private static final String CREDENTIALS =
            "Basic " + Base64.getEncoder().encodeToString("patroni:rest".getBytes(UTF_8));

    /** A member: where its REST API and its PostgreSQL listen. */
    public record Node(String name, int rest, int port, Path data) {
        public String url() {
            return "http://127.0.0.1:" + rest;
        }

        public String jdbcUrl(String database) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
        }
    }

    private final Path directory;
    private final ServerProcess etcd;
    private final int etcdPort = freePort();
    private final Map<Node, ServerProcess> nodes = new LinkedHashMap<>();
    private final Process guard;
    private final boolean synchronous;

    /** Starts only etcd, for nodes that replicate asynchronously. */
    public RealCluster() throws IOException {
        this(false);
    }

    /** @param synchronous whether a commit waits for a standby */
    public RealCluster(boolean synchronous) throws IOException {
        this.synchronous = synchronous;
        directory = Files.createTempDirectory("chartreuse-patroni-");
        ServerProcess.giveToPostgres(directory);
        guard = ServerProcess.guard(directory);
        int peers = freePort();
        etcd = ServerProcess.start(
                directory,
                "etcd",
                List.of(
                        "etcd",
                        "--data-dir=" + directory.resolve("etcd"),
                        "--listen-client-urls=http://127.0.0.1:" + etcdPort,
                        "--advertise-client-urls=http://127.0.0.1:" + etcdPort,
                        "--listen-peer-urls=http://127.0.0.1:" + peers,
                        "--initial-advertise-peer-urls=http://127.0.0.1:" + peers,
                        "--initial-cluster=default=http://127.0.0.1:" + peers));
    }

    /** What the machine lacks for a test; empty where it has all. */
    public static Optional<String> lacks() {
        return Stream.of("patroni", "etcd")
                .filter(command -> !ServerProcess.isInstalled(command))
                .findFirst()
                .or(() -> binaries().isPresent() ? Optional.empty() : Optional.of(POSTGRES + "/*/bin/postgres"));
    }

    /** Starts a node; returns before it is up. */
    public Node add(String name) throws IOException {
        Node node = new Node(name, freePort(), freePort(), directory.resolve(name));
        Path configuration = directory.resolve(name + ".yaml");
        Files.writeString(configuration, configuration(node));
        nodes.put(node, ServerProcess.start(directory, name, List.of("patroni", configuration.toString())));
        return node;
    }

    /** Executes as superuser. */
    public void sql(Node node, String database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(node.jdbcUrl(database), "postgres", "super");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first value of the first row, as superuser; empty when the query returns no row or no server answers. */
    public Optional<String> query(Node node, String database, String sql) {
        try (Connection connection = DriverManager.getConnection(node.jdbcUrl(database), "postgres", "super");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** SIGKILL for a node's Patroni, its PostgreSQL and each of their processes. */
    public void kill(Node node) {
        nodes.get(node).kill();
        ServerProcess.killPostgres(node.data());
    }

    /** Stops a node's Patroni, so that it does not answer; its PostgreSQL goes on. */
    void freezePatroni(Node node) throws IOException, InterruptedException {
        nodes.get(node).freeze();
    }

    /** Stops all processes of a node's PostgreSQL, so that it does not answer. */
    void freezePostgres(Node node) throws IOException, InterruptedException {
        ServerProcess.freezePostgres(node.data());
    }

    /** A node's Patroni's answer at a path. */
    String get(Node node, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.url() + path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A session of the superuser. */
    public Connection connect(Node node, String database) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl(database), "postgres", "super");
    }

    /**
     * Changes the configuration of all members, as {@code patronictl} does, and returns the store's state afterwards.
     */
    public String patch(Node node, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(node.url() + "/config"))
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", CREDENTIALS)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /**
     * The process that sends a replica its WAL; empty where none does. Found by the replica's slot, because the base
     * backup streams WAL, too, before the replica does.
     */
    Optional<String> sender(Node leader, Node replica) {
        return query(
                leader,
                "postgres",
                "SELECT active_pid FROM pg_replication_slots WHERE slot_name = '" + replica.name() + "'");
    }

    /**
     * Keeps a replica from receiving anything: what is committed on the leader exists only there. No other process
     * sends it anything, because the stopped one holds its slot.
     */
    void holdReplication(Node leader, Node replica) throws IOException, InterruptedException {
        String sender = sender(leader, replica).orElseThrow();
        new ProcessBuilder("kill", "-STOP", sender).start().waitFor();
    }

    /** Asks Patroni to make the other node the leader; false where Patroni refuses for now. */
    public boolean switchOver(Node from, Node to) throws IOException, InterruptedException {
        String body = "{\"leader\": \"" + from.name() + "\", \"candidate\": \"" + to.name() + "\"}";
        HttpRequest request = HttpRequest.newBuilder(URI.create(from.url() + "/switchover"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", CREDENTIALS)
                .build();
        return HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode()
                == 200;
    }

    /** From now on, Patroni cannot read or write the cluster's state. */
    void stopStore() {
        etcd.stop();
    }

    /** The processes' logs, for a test that failed. */
    public String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                List<String> lines = Files.readAllLines(log);
                logs.append(log.getFileName()).append('\n');
                lines.stream()
                        .skip(Math.max(0, lines.size() - 15))
                        .forEach(line -> logs.append(line).append('\n'));
            }
        }
        return logs.toString();
    }

    @Override
    public void close() throws IOException {
        nodes.values().forEach(ServerProcess::kill);
        nodes.keySet().forEach(node -> ServerProcess.killPostgres(node.data()));
        etcd.kill();
        guard.getOutputStream().close();
    }

    private String configuration(Node node) {
        return """
                scope: chartreuse
                name: %1$s
                restapi: {listen: '127.0.0.1:%2$d', connect_address: '127.0.0.1:%2$d',
                  authentication: {username: patroni, password: rest}}
                etcd3: {host: '127.0.0.1:%4$d'}
                bootstrap:
                  dcs:
                    ttl: 20
                    loop_wait: 1
                    retry_timeout: 5
                    synchronous_mode: %8$s
                    postgresql: {parameters: {shared_buffers: 16MB, fsync: 'off'}}
                  initdb: [{encoding: UTF8}, {locale: C}, no-sync]
                  pg_hba: [host all all 127.0.0.1/32 md5, host replication all 127.0.0.1/32 md5]
                postgresql:
                  listen: '127.0.0.1:%3$d'
                  connect_address: '127.0.0.1:%3$d'
                  data_dir: %5$s
                  bin_dir: %6$s
                  pgpass: %5$s.pgpass
                  basebackup: [checkpoint: fast]
                  authentication:
                    superuser: {username: postgres, password: super}
                    replication: {username: replicator, password: replicate}
                  parameters: {unix_socket_directories: %7$s}
                """.formatted(
                        node.name(),
                        node.rest(),
                        node.port(),
                        etcdPort,
                        node.data(),
                        binaries().orElseThrow(),
                        directory,
                        synchronous);
    }

    /** The newest PostgreSQL of the machine. */
    private static Optional<Path> binaries() {
        if (!Files.isDirectory(POSTGRES)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(POSTGRES)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
