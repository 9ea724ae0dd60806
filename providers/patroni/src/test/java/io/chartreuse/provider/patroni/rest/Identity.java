package io.chartreuse.provider.patroni.rest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * A client or server with a self-signed certificate.
 *
 * @param store       both, for servers
 * @param certificate PEM
 * @param key         PKCS #8 in PEM
 */
record Identity(KeyStore store, Path certificate, String key) {

    static final char[] STORE = "changeit".toCharArray();

    static Identity make(Path directory, String name)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = directory.resolve(name + ".p12");
        keytool(
                "-genkeypair -alias own -keyalg EC -dname CN=localhost -ext san=dns:localhost -storepass changeit"
                        + " -keystore",
                file);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(file)) {
            store.load(bytes, STORE);
        }
        Path certificate = directory.resolve(name + ".pem");
        Files.writeString(
                certificate, pem("CERTIFICATE", store.getCertificate("own").getEncoded()));
        return new Identity(
                store,
                certificate,
                pem("PRIVATE KEY", store.getKey("own", STORE).getEncoded()));
    }

    private static String pem(String kind, byte[] bytes) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                + "-----\n";
    }

    private static void keytool(String arguments, Path store) throws IOException, InterruptedException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = Stream.of(
                        Stream.of(keytool), Stream.of(arguments.split(" ")), Stream.of(store.toString()))
                .flatMap(part -> part)
                .toList();
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
    }
}
