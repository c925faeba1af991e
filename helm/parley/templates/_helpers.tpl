{{- define "parley.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Prefix of all names. Short enough for the longest suffix and a pod's own one. */}}
{{- define "parley.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else if contains (include "parley.name" .) .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "parley.name" .) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* (dict "root" $ "component" "ws-edge") */}}
{{- define "parley.selector" -}}
app.kubernetes.io/name: {{ include "parley.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "parley.labels" -}}
{{ include "parley.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: parley
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "parley.metadata" -}}
name: {{ include "parley.fullname" .root }}-{{ .component }}
labels:
  {{- include "parley.labels" . | nindent 2 }}
{{- end -}}

{{- define "parley.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "parley.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "parley.image" -}}
{{ .root.Values.image.repository }}/{{ .component }}:{{ default .root.Chart.AppVersion .root.Values.image.tag }}
{{- end -}}

{{/* host:port of a component inside the cluster. The full name: nginx knows no search list. */}}
{{- define "parley.address" -}}
{{ include "parley.fullname" .root }}-{{ .component }}.{{ .root.Release.Namespace }}.svc.{{ .root.Values.clusterDomain }}:{{ .port }}
{{- end -}}

{{/* What the services speak. */}}
{{- define "parley.scheme" -}}
{{- if .Values.tls.enabled }}https{{ else }}http{{ end -}}
{{- end -}}

{{/* (dict "root" $ "component" "ws-edge") */}}
{{- define "parley.tlsVolume" -}}
{{- if .root.Values.tls.enabled -}}
- name: tls
  secret:
    secretName: {{ include "parley.fullname" .root }}-{{ .component }}-tls
    defaultMode: 0440
{{- end -}}
{{- end -}}

{{- define "parley.kafka" -}}
{{- if .Values.kafka.bundled -}}
{{ include "parley.address" (dict "root" . "component" "kafka" "port" 9092) }}
{{- else -}}
{{ required "Set kafka.bootstrapServers, or kafka.bundled to true." .Values.kafka.bootstrapServers }}
{{- end -}}
{{- end -}}

{{- define "parley.postgres" -}}
{{- if .Values.postgres.bundled -}}
postgresql://{{ include "parley.address" (dict "root" . "component" "postgres" "port" 5432) }}/parley
{{- else -}}
{{ required "Set postgres.url, or postgres.bundled to true." .Values.postgres.url }}
{{- end -}}
{{- end -}}

{{- define "parley.redis" -}}
{{- if .Values.redis.bundled -}}
redis://{{ include "parley.address" (dict "root" . "component" "redis" "port" 6379) }}
{{- else -}}
{{ required "Set redis.url, or redis.bundled to true." .Values.redis.url }}
{{- end -}}
{{- end -}}

{{- define "parley.elasticsearch" -}}
{{- if .Values.elasticsearch.bundled -}}
http://{{ include "parley.address" (dict "root" . "component" "elasticsearch" "port" 9200) }}
{{- else -}}
{{ required "Set elasticsearch.url, or elasticsearch.bundled to true." .Values.elasticsearch.url }}
{{- end -}}
{{- end -}}

{{/* An environment variable from the Secret: (dict "root" $ "name" "X" "key" "y") */}}
{{- define "parley.secretEnv" -}}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ required "Set secrets.existingSecret: it names the Secret." .root.Values.secrets.existingSecret }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end -}}

{{- define "parley.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* (dict "user" 10001): the group owns the volumes */}}
{{- define "parley.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "parley.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Pods of one kind on different nodes where that is possible. */}}
{{- define "parley.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "parley.selector" . | nindent 8 }}
{{- end -}}

{{- define "parley.volumeClaim" -}}
metadata:
  name: {{ .name }}
spec:
  accessModes: [ReadWriteOnce]
  {{- with .storage.className }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources:
    requests:
      storage: {{ .storage.size | quote }}
{{- end -}}
