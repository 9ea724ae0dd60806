{{/* What the schema cannot word: all that is wrong, at once. */}}
{{- define "chartreuse.refuse" -}}
{{- $problems := concat (include "chartreuse.formerNames" . | fromJsonArray) (include "chartreuse.contradictions" . | fromJsonArray) -}}
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
{{- if not (or .Values.config.postgres .Values.crd.create) -}}
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
{{- if and (not (include "chartreuse.recordsInCluster" .)) (not .Values.volumeMounts) -}}
{{- $problems = append $problems "config.backend is file, but no volume is mounted: plans and runs would go with the pod. Add volumes and volumeMounts, or use the backend kubernetes" -}}
{{- end -}}
{{- toJson $problems -}}
{{- end -}}
