package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which Jobs go on while databases migrate. */
class NotStoppedSearchTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true  | {}",
                "true  | {spec: {suspend: false}, status: {active: 1}}",
                "true  | {spec: {}, status: {conditions: [{type: Complete, status: 'False'}]}}",
                "true  | {spec: {}, status: {conditions: [{type: SuccessCriteriaMet, status: 'True'}]}}",
                "false | {spec: {suspend: true}}",
                "false | {spec: {}, status: {conditions: [{type: Suspended, status: 'False'}, {type: Complete, status: 'True'}]}}",
                "false | {spec: {}, status: {conditions: [{type: Failed, status: 'True'}]}}"
            })
    void aJobThatHasEndedOrIsSuspendedIsNotActive(boolean active, String job) {
        assertEquals(
                active,
                NotStoppedSearch.isActive(Serialization.unmarshal("---\n" + job, GenericKubernetesResource.class)),
                job);
    }
}
