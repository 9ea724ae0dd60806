{{- define "chartreuse.strategy" -}}
{{- .Values.strategy | default (ternary "before" "after" (eq .Values.deploymentMethod "argocd")) -}}
{{- end -}}

{{/*
When the migration runs, which decides what is created:
helm-after           a hook behind install and upgrade
helm-after-job       a Job of each revision instead, which runs beside the new pods: Helm's --wait waits for both
helm-before-install  a Job of the release: what it needs is not there before the release is
helm-before-upgrade  a hook ahead of the upgrade, which brings what it needs along; the restore comes behind it. With
                     hooks.preInstall also ahead of the install
argocd-before        a hook of the sync, in an early wave; the restore comes behind the sync
argocd-after         a hook behind the sync

A rollback runs the hooks of the revision that it goes back to, so each rendering also has those of a rollback.
*/}}
{{- define "chartreuse.mode" -}}
{{- $strategy := include "chartreuse.strategy" . -}}
{{- if eq .Values.deploymentMethod "argocd" -}}
argocd-{{ $strategy }}
{{- else if eq $strategy "after" -}}
helm-after{{ ternary "" "-job" .Values.hooks.enabled }}
{{- else -}}
helm-before-{{ ternary "upgrade" "install" (or .Release.IsUpgrade .Values.hooks.preInstall) }}
{{- end -}}
{{- end -}}

{{/* Whether there is anything to migrate. If not, the chart only installs the custom resource's definition. */}}
{{- define "chartreuse.migrates" -}}
{{- if or (include "chartreuse.databases" .) (not .Values.crd.create) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.databases" -}}
{{- if ((.Values.config.postgres | default dict).databases) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.stopsWorkloads" -}}
{{- if kindIs "map" .Values.config.kubernetes }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.recordsInCluster" -}}
{{- $backend := .Values.config.backend | default "kubernetes" -}}
{{- $type := $backend -}}
{{- if kindIs "map" $backend }}{{ $type = $backend.type }}{{ end -}}
{{- if ne $type "file" }}true{{ end -}}
{{- end -}}

{{/* Whether a run asks the API server for anything. */}}
{{- define "chartreuse.asksApiServer" -}}
{{- if or (include "chartreuse.stopsWorkloads" .) (include "chartreuse.recordsInCluster" .) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.restores" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if and .Values.restore.enabled (include "chartreuse.stopsWorkloads" .) (has $mode (list "helm-after" "helm-before-install" "helm-before-upgrade" "argocd-before")) (include "chartreuse.migrates" .) }}true{{ end -}}
{{- end -}}

{{- define "chartreuse.tests" -}}
{{- if and .Values.tests.enabled (eq .Values.deploymentMethod "helm") (include "chartreuse.migrates" .) }}true{{ end -}}
{{- end -}}

{{/*
What Jobs need besides themselves (account, rights, network) comes in sets, each with a suffix of its names and a purpose:
migrate   the run itself
restore   (-restore) the restore after a deployment or a rollback
check     (-check) Jobs that only read: `helm test`, and the Job ahead of a rollback

All of them are objects of the release, so that an uninstallation removes them, and an upgrade that fails leaves nothing. An object
that a hook needs before its revision is deployed is a hook, too, with the same name and content: Helm creates the hook first, and
takes the object over when it deploys. For that it has the labels and annotations of the release. `shared` says that the Job of an
earlier upgrade may still use the object: see chartreuse.inUse.
*/}}
{{- define "chartreuse.sets" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- $sets := list -}}
{{- if include "chartreuse.migrates" . -}}
{{- $wave := dict -}}
{{- if eq $mode "argocd-before" }}{{ $wave = dict "argocd.argoproj.io/sync-wave" (sub .Values.argocd.syncWave 1 | toString) }}{{ end -}}
{{- $sets = append $sets (dict "suffix" "" "purpose" "migrate" "annotations" $wave) -}}
{{- if include "chartreuse.restores" . -}}
{{- $sets = append $sets (dict "suffix" "-restore" "purpose" "restore" "annotations" $wave) -}}
{{- end -}}
{{- if or (include "chartreuse.tests" .) (hasPrefix "helm-before" $mode) -}}
{{- $sets = append $sets (dict "suffix" "-check" "purpose" "check" "annotations" $wave) -}}
{{- end -}}
{{- if eq $mode "helm-before-upgrade" -}}
{{- $sets = append $sets (dict "suffix" "" "purpose" "migrate" "shared" .Release.IsUpgrade "annotations" (include "chartreuse.earlyHook" (dict "root" . "events" (include "chartreuse.beforeEvents" .)) | fromYaml)) -}}
{{- end -}}
{{- if hasPrefix "helm-before" $mode -}}
{{- $sets = append $sets (dict "suffix" "-check" "purpose" "check" "annotations" (include "chartreuse.earlyHook" (dict "root" . "events" "pre-rollback") | fromYaml)) -}}
{{- end -}}
{{- end -}}
{{- toJson $sets -}}
{{- end -}}

{{/* The same for an object that all sets share: its annotations, if it is needed. */}}
{{- define "chartreuse.alone" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- $all := list -}}
{{- if include "chartreuse.migrates" . -}}
{{- $wave := dict -}}
{{- if eq $mode "argocd-before" }}{{ $wave = dict "argocd.argoproj.io/sync-wave" (sub .Values.argocd.syncWave 1 | toString) }}{{ end -}}
{{- $all = append $all (dict "annotations" $wave) -}}
{{- if hasPrefix "helm-before" $mode -}}
{{- $events := eq $mode "helm-before-upgrade" | ternary (printf "%s,pre-rollback" (include "chartreuse.beforeEvents" .)) "pre-rollback" -}}
{{- $all = append $all (dict "annotations" (include "chartreuse.earlyHook" (dict "root" . "events" $events) | fromYaml)) -}}
{{- end -}}
{{- end -}}
{{- toJson $all -}}
{{- end -}}

{{/* Of an object of the release that is made ahead of its deployment. */}}
{{- define "chartreuse.earlyHook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ include "chartreuse.weightBefore" .root | quote }}
helm.sh/hook-delete-policy: before-hook-creation
meta.helm.sh/release-name: {{ .root.Release.Name | quote }}
meta.helm.sh/release-namespace: {{ .root.Release.Namespace | quote }}
{{- end -}}

{{- define "chartreuse.weightBefore" -}}
{{- sub (int64 .Values.hooks.weight) 1 -}}
{{- end -}}

{{/* Ahead of what the Job runs, with strategy before. */}}
{{- define "chartreuse.beforeEvents" -}}
{{- ternary "pre-install,pre-upgrade" "pre-upgrade" .Values.hooks.preInstall -}}
{{- end -}}

{{/* The live object of the cluster; empty if it does not exist. */}}
{{- define "chartreuse.live" -}}
{{- lookup .apiVersion .kind .root.Release.Namespace .name | toJson -}}
{{- end -}}

{{/*
Whether the object stays as it is: Helm creates a hook by deleting the existing object, and deleting an account ends its tokens.
The Job of an upgrade that Helm no longer waits for may still run, or shut down, with this account. Takes root,
the set, and how the object is looked up; `same` lists the paths that have to be equal.
*/}}
{{- define "chartreuse.inUse" -}}
{{- if .set.shared -}}
{{- $there := include "chartreuse.live" . | fromJson -}}
{{- if $there -}}
{{- $equal := true -}}
{{- range $key, $wanted := .same -}}
{{- if ne (toJson $wanted) (toJson (get $there $key)) }}{{ $equal = false }}{{ end -}}
{{- end -}}
{{- range $key, $wanted := .annotations -}}
{{- if ne $wanted (get ($there.metadata.annotations | default dict) $key) }}{{ $equal = false }}{{ end -}}
{{- end -}}
{{- if $equal }}true{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The Job's name after the common prefix. A Job cannot change, so the Jobs of a release have different names. */}}
{{- define "chartreuse.jobSuffix" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if eq $mode "helm-before-install" -}}
install
{{- else if eq $mode "helm-after-job" -}}
r{{ .Release.Revision }}
{{- else -}}
migrate
{{- end -}}
{{- end -}}

{{- define "chartreuse.helmHook" -}}
helm.sh/hook: {{ .events }}
helm.sh/hook-weight: {{ .weight | default .root.Values.hooks.weight | toString | quote }}
helm.sh/hook-delete-policy: {{ .policy | default .root.Values.hooks.deletePolicy }}
{{- with .root.Values.hooks.outputLogPolicy }}
helm.sh/hook-output-log-policy: {{ . }}
{{- end }}
{{- end -}}

{{- define "chartreuse.migrateAnnotations" -}}
{{- $mode := include "chartreuse.mode" . -}}
{{- if eq $mode "helm-after" -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" "post-install,post-upgrade") }}
{{- else if eq $mode "helm-before-upgrade" -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" (include "chartreuse.beforeEvents" .)) }}
{{- else if eq $mode "argocd-before" -}}
argocd.argoproj.io/hook: Sync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
argocd.argoproj.io/sync-wave: {{ .Values.argocd.syncWave | toString | quote }}
{{- else if eq $mode "argocd-after" -}}
argocd.argoproj.io/hook: PostSync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
{{- end -}}
{{- end -}}

{{/* The annotations of a Job: those that make it a hook, and those that the user adds. Takes root and hook. */}}
{{- define "chartreuse.jobAnnotations" -}}
{{- .hook -}}
{{- with .root.Values.jobAnnotations }}
{{ include "chartreuse.templated" (dict "root" $.root "value" .) }}
{{- end -}}
{{- end -}}

{{- define "chartreuse.restoreAnnotations" -}}
{{- if eq .Values.deploymentMethod "argocd" -}}
argocd.argoproj.io/hook: PostSync
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation
{{- else -}}
{{ include "chartreuse.helmHook" (dict "root" . "events" (eq (include "chartreuse.mode" .) "helm-after" | ternary "post-rollback" "post-upgrade,post-rollback")) }}
{{- end -}}
{{- end -}}
