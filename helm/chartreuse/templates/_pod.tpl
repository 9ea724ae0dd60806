{{/* The pod of a Job or test. Takes root, component, arguments, the suffix of the set that it uses, and `reviewed`: the account whose
rights it looks at in the place of its own. */}}
{{- define "chartreuse.podMetadata" -}}
labels:
  {{- include "chartreuse.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
  {{- with .root.Values.podLabels }}
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
  {{- end }}
{{- end -}}

{{- define "chartreuse.podSpec" -}}
{{- $values := .root.Values -}}
restartPolicy: Never
serviceAccountName: {{ include "chartreuse.serviceAccountName" . | toYaml }}
automountServiceAccountToken: {{ not (empty (include "chartreuse.asksApiServer" .root)) }}
enableServiceLinks: false
terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
{{- with include "chartreuse.pullSecrets" .root }}
imagePullSecrets:
  {{- . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ tpl . $.root | toYaml }}
{{- end }}
{{- with $values.runtimeClassName }}
runtimeClassName: {{ tpl . $.root | toYaml }}
{{- end }}
{{- with $values.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with $values.dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
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
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
{{- with $values.topologySpreadConstraints }}
topologySpreadConstraints:
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
{{- with $values.podSecurityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.initContainers }}
initContainers:
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
{{- end }}
containers:
  - name: chartreuse
    image: {{ include "chartreuse.image" .root | toYaml }}
    imagePullPolicy: {{ $values.image.pullPolicy }}
    {{- with $values.command }}
    command: {{ toJson . }}
    {{- end }}
    args: {{ concat .arguments (include "chartreuse.pins" .root | fromJsonArray) | toJson }}
    env:
      {{- include "chartreuse.env" .root | nindent 6 }}
      {{- with .reviewed }}
      - {name: CHARTREUSE_REVIEWED_ACCOUNT, value: {{ . | quote }}}
      {{- end }}
    {{- with $values.envFrom }}
    envFrom:
      {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 6 }}
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
      {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 6 }}
      {{- end }}
  {{- with $values.extraContainers }}
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
  {{- end }}
volumes:
  - name: config
    {{- if $values.filesFrom }}
    projected:
      sources:
        - configMap: {name: {{ include "chartreuse.configName" .root | toYaml }}}
        {{- include "chartreuse.templated" (dict "root" .root "value" $values.filesFrom) | nindent 8 }}
    {{- else }}
    configMap: {name: {{ include "chartreuse.configName" .root | toYaml }}}
    {{- end }}
  - name: temporary
    emptyDir: {}
  {{- with $values.volumes }}
  {{- include "chartreuse.templated" (dict "root" $.root "value" .) | nindent 2 }}
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
  {{- include "chartreuse.templated" (dict "root" $ "value" $value) | nindent 2 }}
{{- else }}
- {name: {{ $name }}, value: {{ tpl ($value | toString) $ | quote }}}
{{- end }}
{{- end }}
{{- with .Values.extraEnv }}
{{ include "chartreuse.templated" (dict "root" $ "value" .) }}
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
{{- if and .Release.IsInstall (hasPrefix "helm-before" (include "chartreuse.mode" .)) -}}
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
      onExitCodes: {containerName: chartreuse, operator: In, values: [3, 5, 64]}
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
