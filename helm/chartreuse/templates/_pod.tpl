{{/* The pod of a Job or test. Takes root, component, arguments, and the suffix of the set that it uses. */}}
{{- define "chartreuse.podMetadata" -}}
labels:
  {{- include "chartreuse.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .root.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "chartreuse.podSpec" -}}
{{- $values := .root.Values -}}
restartPolicy: Never
serviceAccountName: {{ include "chartreuse.serviceAccountName" . }}
automountServiceAccountToken: {{ not (empty (include "chartreuse.asksApiServer" .root)) }}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
{{- with $values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.initContainers }}
initContainers:
  {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - name: chartreuse
    image: {{ include "chartreuse.image" .root }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    {{- with $values.command }}
    command: {{ toJson . }}
    {{- end }}
    args: {{ toJson .arguments }}
    env:
      {{- include "chartreuse.env" .root | nindent 6 }}
    {{- with $values.envFrom }}
    envFrom:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    terminationMessagePolicy: FallbackToLogsOnError
    {{- with $values.resources }}
    resources:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with $values.securityContext }}
    securityContext:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    volumeMounts:
      - {name: config, mountPath: /etc/chartreuse, readOnly: true}
      - {name: temporary, mountPath: /tmp/chartreuse}
      {{- with $values.volumeMounts }}
      {{- toYaml . | nindent 6 }}
      {{- end }}
volumes:
  - name: config
    {{- if $values.filesFrom }}
    projected:
      sources:
        - configMap: {name: {{ include "chartreuse.fullname" .root }}{{ .suffix }}}
        {{- range $values.filesFrom }}
        - {{ toJson . }}
        {{- end }}
    {{- else }}
    configMap: {name: {{ include "chartreuse.fullname" .root }}{{ .suffix }}}
    {{- end }}
  - name: temporary
    emptyDir: {}
  {{- with $values.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "chartreuse.env" -}}
- {name: CHARTREUSE_CONFIG, value: /etc/chartreuse/chartreuse.yaml}
- {name: HELM_CHART_APP_VERSION, value: {{ .Chart.AppVersion | quote }}}
- {name: CHARTREUSE_IMAGE, value: {{ include "chartreuse.image" . | quote }}}
- {name: TMPDIR, value: /tmp/chartreuse}
- {name: CHARTREUSE_JAVA_OPTS, value: {{ printf "-Djava.io.tmpdir=/tmp/chartreuse %s" .Values.javaOptions | trim | quote }}}
{{- range $name, $value := .Values.env }}
{{- if kindIs "map" $value }}
- name: {{ $name }}
  {{- toYaml $value | nindent 2 }}
{{- else }}
- {name: {{ $name }}, value: {{ $value | toString | quote }}}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* How every run is called: it waits for its turn, and ends before it is killed. */}}
{{- define "chartreuse.runArguments" -}}
{{- $grace := printf "%ds" (sub .Values.terminationGracePeriodSeconds 60) -}}
{{- list "--lock-timeout" .Values.lockTimeout "--grace" $grace "--log-format" .Values.logFormat | toJson -}}
{{- end -}}

{{- define "chartreuse.applyArguments" -}}
{{- $arguments := list "apply" -}}
{{- if .Values.plan.id -}}
{{- $arguments = concat $arguments (list "--plan-id" .Values.plan.id) -}}
{{- else -}}
{{- $arguments = append $arguments "--yes" -}}
{{- if eq (include "chartreuse.mode" .) "helm-before-install" -}}
{{- $arguments = append $arguments "--install" -}}
{{- end -}}
{{- end -}}
{{- concat $arguments (include "chartreuse.runArguments" . | fromJsonArray) .Values.extraArgs | toJson -}}
{{- end -}}

{{- define "chartreuse.jobSpec" -}}
{{- $values := .root.Values -}}
backoffLimit: {{ $values.backoffLimit }}
{{- with $values.activeDeadlineSeconds }}
activeDeadlineSeconds: {{ . }}
{{- end }}
{{- if not (kindIs "invalid" $values.ttlSecondsAfterFinished) }}
ttlSecondsAfterFinished: {{ $values.ttlSecondsAfterFinished }}
{{- end }}
podFailurePolicy:
  rules:
    # drained or evicted: the next pod takes the run over
    - action: Ignore
      onPodConditions: [{type: DisruptionTarget, status: "True"}]
    # a stale plan, a refusal, a wrong configuration: no other try would do better
    - action: FailJob
      onExitCodes: {operator: In, values: [3, 5, 64]}
template:
  metadata:
    {{- with $values.podAnnotations }}
    annotations:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- include "chartreuse.podMetadata" . | nindent 4 }}
  spec:
    {{- include "chartreuse.podSpec" . | nindent 4 }}
{{- end -}}
