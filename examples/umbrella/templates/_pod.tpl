{{- define "shop.workload" -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .name }}
  labels: &labels
    app.kubernetes.io/name: {{ .name }}
    app.kubernetes.io/instance: {{ .root.Release.Name | quote }}
spec:
  replicas: {{ .values.replicas }}
  selector: {matchLabels: *labels}
  template:
    metadata: {labels: *labels}
    spec:
      securityContext: {{ include "shop.podSecurity" . }}
      containers:
        - name: {{ .name }}
          image: {{ .values.image }}
          env:
            - {name: PGPASSWORD, valueFrom: {secretKeyRef: {name: shop-pg, key: password}}}
          securityContext: {{ include "shop.security" . }}
{{- end -}}

{{- define "shop.podSecurity" -}}
{runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: {type: RuntimeDefault}}
{{- end -}}

{{- define "shop.security" -}}
{allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
{{- end -}}
