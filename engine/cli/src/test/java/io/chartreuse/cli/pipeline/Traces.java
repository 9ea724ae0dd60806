package io.chartreuse.cli.pipeline;

import io.chartreuse.provider.kubernetes.ClusterFixture;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** All that commands have left behind: in a folder, in a cluster, and in the list of processes. */
record Traces(Path directory, ClusterFixture cluster, ProcessWatch watch) {

    /** All files, all objects, all arguments; of each its name or kind and what is in it. */
    List<String> everything() throws IOException {
        List<String> texts = new ArrayList<>();
        watch.seen().forEach(one -> texts.add("arguments\n" + one.arguments()));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                texts.add(file + "\n" + new String(content, StandardCharsets.ISO_8859_1));
                texts.add(file + "\n" + new String(content, StandardCharsets.UTF_8));
            }
        }
        for (HasMetadata object : objects()) {
            texts.add(Serialization.asYaml(object));
            if (object instanceof ConfigMap map && map.getBinaryData() != null) {
                for (String packed : map.getBinaryData().values()) {
                    texts.add(unpacked(Base64.getDecoder().decode(packed)));
                }
            }
        }
        return texts;
    }

    private static String unpacked(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<HasMetadata> objects() {
        KubernetesClient client = cluster.client();
        String namespace = cluster.namespace();
        List<HasMetadata> objects = new ArrayList<>();
        objects.addAll(client.configMaps().inNamespace(namespace).list().getItems());
        objects.addAll(client.leases().inNamespace(namespace).list().getItems());
        objects.addAll(
                client.events().v1().events().inNamespace(namespace).list().getItems());
        objects.addAll(client.apps().deployments().inNamespace(namespace).list().getItems());
        return objects;
    }
}
