{{/* All mistakes that the schema cannot express, at once. */}}
{{- define "chartreuse.refuse" -}}
{{- $problems := list -}}
{{- range list "chartreuse.formerNames" "chartreuse.contradictions" "chartreuse.twice" "chartreuse.limits" -}}
{{- $problems = concat $problems (include . $ | fromJsonArray) -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "\n\nThe values of %s do not fit:\n- %s\n" .Chart.Name (join "\n- " $problems)) -}}
{{- end -}}
{{- end -}}

{{- define "chartreuse.formerNames" -}}
{{- $former := dict
  "upgradeBeforeDeployment" "strategy: before (or after)"
  "stopPods" "config.kubernetes, which is there by default; null stops nothing"
  "restorePods" "restore.enabled"
  "additionalEnvironmentVariables" "env (or extraEnv, a list)"
  "extraVolumes" "volumes"
  "extraVolumeMounts" "volumeMounts"
  "upgradeJobWeight" "hooks.weight"
  "entrypoint" "command, where it is another program than the image's own: leave it out"
  "restoreEntrypoint" "known to the chart: leave it out"
-}}
{{- $alembic := dict
  "enabled" "config.postgres.databases.NAME.migrations.tool: alembic"
  "directoryPath" "config.postgres.databases.NAME.migrations.directory"
  "configPath" "config.postgres.databases.NAME.migrations.config"
  "allowMigrationFromEmptyDatabase" "config.postgres.databases.NAME.allowEmpty"
  "additionalParameters" "config.postgres.databases.NAME.migrations.arguments"
  "externalSecrets" "env or envFrom, with config.postgres.databases.NAME.password: {env: …}"
  "database_list" "config.postgres.databases"
-}}
{{- $values := .Values -}}
{{- $problems := list -}}
{{- range $name := keys $former | sortAlpha -}}
{{- if hasKey $values $name }}{{ $problems = append $problems (printf "%s is now %s" $name (get $former $name)) }}{{ end -}}
{{- end -}}
{{- if hasKey .Values.image "pullSecret" }}{{ $problems = append $problems "image.pullSecret is now image.pullSecrets: [{name: …}]" }}{{ end -}}
{{- if hasKey .Values.argocd "externalSecretSyncWave" }}{{ $problems = append $problems "argocd.externalSecretSyncWave is now the annotation argocd.argoproj.io/sync-wave of an ExternalSecret of your own: leave it out" }}{{ end -}}
{{- if hasKey .Values "alembic" -}}
{{- range $name := keys (kindIs "map" .Values.alembic | ternary .Values.alembic dict) | sortAlpha -}}
{{- $problems = append $problems (printf "alembic.%s is now %s" $name (get $alembic $name | default "under config.postgres.databases")) -}}
{{- end -}}
{{- if .Values.alembic -}}
{{- $problems = append $problems "`chartreuse config convert` writes config.postgres from the earlier YAML or its variables" -}}
{{- else -}}
{{- $problems = append $problems "alembic is now config.postgres.databases" -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{- define "chartreuse.contradictions" -}}
{{- $problems := list -}}
{{- $config := .Values.config -}}
{{- if not (or (include "chartreuse.databases" .) .Values.crd.create) -}}
{{- $problems = append $problems "config.postgres.databases names no database: say which ones are migrated" -}}
{{- end -}}
{{- $known := dict "release" .Release.Name "namespace" .Release.Namespace "strategy" (include "chartreuse.strategy" .) -}}
{{- range $name := keys $known | sortAlpha -}}
{{- $given := get $config $name -}}
{{- if and $given (ne $given (get $known $name)) -}}
{{- $how := ternary "say it with the value strategy, or leave it out" "leave it out" (eq $name "strategy") -}}
{{- $problems = append $problems (printf "config.%s is %s, but the release's is %s: %s" $name $given (get $known $name) $how) -}}
{{- end -}}
{{- end -}}
{{- $namespace := (($config.kubernetes | default dict).namespace) -}}
{{- if and $namespace (ne $namespace .Release.Namespace) -}}
{{- $problems = append $problems (printf "config.kubernetes.namespace is %s, but the Role is one of the release's namespace, %s: leave it out" $namespace .Release.Namespace) -}}
{{- end -}}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) (include "chartreuse.asksApiServer" .) -}}
{{- $problems = append $problems "serviceAccount.name is empty and serviceAccount.create is false: name an account that has the rights, or let one be created" -}}
{{- end -}}
{{- if and (not .Values.hooks.enabled) (or (eq .Values.deploymentMethod "argocd") (ne (include "chartreuse.strategy" .) "after")) -}}
{{- $problems = append $problems "hooks.enabled is false, which goes with strategy after and Helm only: what runs before a deployment is a hook" -}}
{{- end -}}
{{- if and .Values.hooks.preInstall (or (eq .Values.deploymentMethod "argocd") (ne (include "chartreuse.strategy" .) "before")) -}}
{{- $problems = append $problems "hooks.preInstall goes with strategy before and Helm only: leave it out" -}}
{{- end -}}
{{- $repository := tpl .Values.image.repository . -}}
{{- if or (contains "@" $repository) (regexMatch ":[^/]*$" $repository) (regexMatch "\\s" $repository) -}}
{{- $problems = append $problems (printf "image.repository is %s: write registry and name alone, the tag as image.tag and a digest as image.digest" $repository) -}}
{{- end -}}
{{- if and (not (include "chartreuse.recordsInCluster" .)) (not .Values.volumeMounts) -}}
{{- $problems = append $problems "config.backend is file, but no volume is mounted: plans and runs would go with the pod. Add volumes and volumeMounts, or use the backend kubernetes" -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* Settings that the chart sets itself, or that the values have in two places: an object would have them twice. */}}
{{- define "chartreuse.twice" -}}
{{- $problems := list -}}
{{- $labels := append (keys (include "chartreuse.ownLabels" . | fromYaml)) "app.kubernetes.io/component" -}}
{{- range $value := list "commonLabels" "podLabels" -}}
{{- range $label := keys (get $.Values $value) | sortAlpha -}}
{{- if has $label $labels }}{{ $problems = append $problems (printf "%s sets %s, which the chart sets itself: leave it out" $value $label) }}{{ end -}}
{{- if and (eq $value "podLabels") (hasKey $.Values.commonLabels $label) }}{{ $problems = append $problems (printf "%s is in commonLabels and in podLabels: leave out one" $label) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- range $value, $annotations := dict "jobAnnotations" .Values.jobAnnotations "serviceAccount.annotations" .Values.serviceAccount.annotations -}}
{{- range $annotation := keys $annotations | sortAlpha -}}
{{- if regexMatch "^(helm\\.sh/hook|argocd\\.argoproj\\.io/(hook|sync-wave))" $annotation }}{{ $problems = append $problems (printf "%s sets %s, which the chart sets itself: use strategy, hooks and argocd" $value $annotation) }}{{ end -}}
{{- end -}}
{{- end -}}
{{- $own := list "CHARTREUSE_CONFIG" "HELM_CHART_APP_VERSION" "CHARTREUSE_IMAGE" "TMPDIR" "CHARTREUSE_JAVA_OPTS" -}}
{{- range $name := keys .Values.env | sortAlpha -}}
{{- if has $name $own }}{{ $problems = append $problems (printf "env.%s is set by the chart itself: leave it out%s" $name (eq $name "CHARTREUSE_JAVA_OPTS" | ternary ", and use javaOptions" "")) }}{{ end -}}
{{- end -}}
{{- $known := concat $own (keys .Values.env) -}}
{{- range .Values.extraEnv -}}
{{- if has .name $known }}{{ $problems = append $problems (printf "extraEnv sets %s, which is set already, by the chart or by another value: leave out one" .name) }}{{ end -}}
{{- $known = append $known .name -}}
{{- end -}}
{{- $volumes := list "config" "temporary" -}}
{{- range .Values.volumes -}}
{{- if has .name $volumes }}{{ $problems = append $problems (printf "volumes has the name %s, which another volume has already, the chart's own or yours: choose another name" .name) }}{{ end -}}
{{- $volumes = append $volumes .name -}}
{{- end -}}
{{- $mounts := list "/etc/chartreuse" "/tmp/chartreuse" -}}
{{- range .Values.volumeMounts -}}
{{- $path := trimSuffix "/" (.mountPath | default "") -}}
{{- if has $path $mounts }}{{ $problems = append $problems (printf "volumeMounts has the path %s, which is mounted already: choose another path" $path) }}{{ end -}}
{{- $mounts = append $mounts $path -}}
{{- end -}}
{{- $containers := list "chartreuse" -}}
{{- range concat .Values.initContainers .Values.extraContainers -}}
{{- if has .name $containers }}{{ $problems = append $problems (printf "a container is named %s, as another one, the chart's own or yours: choose another name" .name) }}{{ end -}}
{{- $containers = append $containers .name -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* The server refuses a Job whose limits are under its requests, but only when it is created: in the middle of an upgrade. */}}
{{- define "chartreuse.limits" -}}
{{- $problems := list -}}
{{- $limits := .Values.resources.limits | default dict -}}
{{- range $name, $request := .Values.resources.requests | default dict -}}
{{- if hasKey $limits $name -}}
{{- $limit := get $limits $name -}}
{{- if lt (include "chartreuse.quantity" $limit | float64) (include "chartreuse.quantity" $request | float64) -}}
{{- $problems = append $problems (printf "resources.limits.%s is %v, which is less than resources.requests.%s, %v: raise the limit, or set a smaller request" $name $limit $name $request) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}

{{/* A quantity as a number: 500m is 0.5. The API server refuses a text that is not a quantity. */}}
{{- define "chartreuse.quantity" -}}
{{- $text := toString . -}}
{{- $number := regexFind "^[0-9.]+([eE][+-]?[0-9]+)?" $text -}}
{{- $unit := trimPrefix $number $text -}}
{{- $factors := dict "m" 0.001 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 "Pi" 1125899906842624 -}}
{{- mulf (float64 $number) (get $factors $unit | default 1) -}}
{{- end -}}
