package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The API server's errors when a record cannot be written, and their remedies. */
class ApiFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "403 | configmaps \"r\" is forbidden: exceeded quota: few, requested: count/configmaps=1 | raise it",
                "403 | admission webhook \"guard.example.org\" denied the request: no | admission webhook",
                "500 | etcdserver: mvcc: database space exceeded | etcd is full",
                "422 | ConfigMap \"r\" is invalid: data: Forbidden: field is immutable when `immutable` is set | immutable: true",
                "413 | Request entity too large: limit is 3145728 | no object of that size"
            })
    void theReasonAndTheRemedyAreNamed(int status, String message, String remedy) {
        KubernetesClientException answer = new KubernetesClientException(
                message,
                status,
                new StatusBuilder().withCode(status).withMessage(message).build());
        Diagnostic told = new ApiFailure("https://api.example.org", "shop")
                .explain(ApiRequest.of("update", ConfigMap.class, "r"), answer)
                .diagnostics()
                .get(0);
        assertEquals(KubernetesError.REQUEST_FAILED, told.code());
        assertEquals(ErrorType.EXTERNAL, told.code().type());
        assertTrue(told.summary().contains(message), told.summary());
        assertTrue(told.remedy().contains(remedy), told.remedy());
    }
}
