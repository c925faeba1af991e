{{/* What each service is told: (dict "root" $ "component" "ws-edge" "service" .Values.services.x) */}}
{{- define "parley.serviceEnv" -}}
{{- $root := .root -}}
{{- $c := .component -}}
- name: QUARKUS_HTTP_HOST
  value: 0.0.0.0
- name: QUARKUS_HTTP_PORT
  value: "8080"
- name: JAVA_OPTIONS
  value: {{ .service.javaOptions | quote }}
- name: PARLEY_NODE
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: PARLEY_KAFKA_BOOTSTRAP_SERVERS
  value: {{ include "parley.kafka" $root | quote }}
{{- range $name, $value := $root.Values.kafka.properties }}
- name: PARLEY_KAFKA_PROPERTIES_{{ $name | replace "." "_" | upper }}
  value: {{ $value | quote }}
{{- end }}
{{- if $root.Values.tls.enabled }}
- {name: PARLEY_TLS_CA, value: /tls/ca.crt}
- {name: PARLEY_TLS_CERTIFICATE, value: /tls/tls.crt}
- {name: PARLEY_TLS_KEY, value: /tls/tls.key}
{{- end }}
{{ include "parley.secretEnv" (dict "root" $root "name" "PARLEY_MASTER_KEY" "key" "master-key") }}
{{ include "parley.secretEnv" (dict "root" $root "name" "PARLEY_MASTER_KEY_PREVIOUS" "key" "master-key-previous" "optional" true) }}
{{ include "parley.secretEnv" (dict "root" $root "name" "PARLEY_INTERNAL_SECRET" "key" "internal-secret") }}
- name: PARLEY_DOOR_ORIGINS
  value: {{ join "," $root.Values.origins | quote }}
{{- range $issuer, $settings := $root.Values.issuers }}
{{- range $name, $value := $settings }}
- name: PARLEY_TOKENS_ISSUERS__{{ upper $issuer }}__{{ $name | replace "-" "_" | replace "." "_" | upper }}
  value: {{ $value | quote }}
{{- end }}
{{- end }}
{{- if has $c (list "identity-service" "command-service" "ws-edge") }}
- name: PARLEY_EPOCH
  value: {{ $root.Values.epoch | quote }}
{{- end }}
{{- if has $c (list "identity-service" "command-service") }}
- name: PARLEY_TOPICS_PARTITIONS
  value: {{ $root.Values.topics.partitions | quote }}
- name: PARLEY_TOPICS_REPLICATION
  value: {{ $root.Values.topics.replication | quote }}
{{- end }}
{{- if ne $c "identity-service" }}
- name: MP_JWT_VERIFY_PUBLICKEY_LOCATION
  value: {{ include "parley.scheme" $root }}://{{ include "parley.address" (dict "root" $root "component" "identity-service" "port" 8080) }}/.well-known/jwks.json
- name: MP_JWT_VERIFY_ISSUER
  value: parley
- name: PARLEY_IDENTITY_URL
  value: {{ include "parley.scheme" $root }}://{{ include "parley.address" (dict "root" $root "component" "identity-service" "port" 8080) }}
{{- else }}
{{ include "parley.secretEnv" (dict "root" $root "name" "PARLEY_OPERATOR_SECRET" "key" "operator-secret" "optional" true) }}
{{- end }}
{{- if has $c (list "identity-service" "projection-service") }}
- name: QUARKUS_DATASOURCE_REACTIVE_URL
  value: {{ include "parley.postgres" $root | quote }}
- name: QUARKUS_DATASOURCE_USERNAME
  value: {{ $root.Values.postgres.user | quote }}
{{ include "parley.secretEnv" (dict "root" $root "name" "QUARKUS_DATASOURCE_PASSWORD" "key" "postgres-password") }}
{{- end }}
- name: QUARKUS_REDIS_HOSTS
  value: {{ include "parley.redis" $root | quote }}
- name: PARLEY_RATES_TRUSTED_PROXIES
  value: {{ join "," $root.Values.trustedProxies | quote }}
{{- if eq $c "search-service" }}
- name: PARLEY_ELASTICSEARCH_URL
  value: {{ include "parley.elasticsearch" $root | quote }}
{{- end }}
{{- if has $c (list "command-service" "ws-edge") }}
- name: PARLEY_PROJECTION_URL
  value: {{ include "parley.scheme" $root }}://{{ include "parley.address" (dict "root" $root "component" "projection-service" "port" 8080) }}
{{- end }}
{{- if eq $c "command-service" }}
- name: PARLEY_DECIDER_STATE_DIRECTORY
  value: /state
{{- if not $root.Values.tls.enabled }}
- name: PARLEY_DECIDER_LIFELINE_HOST
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- end }}
{{- end }}
{{- range $name, $value := .service.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "parley.serviceTemplate" -}}
metadata:
  labels:
    {{- include "parley.labels" . | nindent 4 }}
  {{- with .service.podAnnotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  serviceAccountName: {{ include "parley.serviceAccountName" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ .service.terminationGracePeriodSeconds }}
  {{- with .root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- include "parley.podSecurity" (dict "user" 10001) | nindent 4 }}
  {{- include "parley.spread" . | nindent 2 }}
  {{- with (include "parley.placement" .service) }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "parley.image" . | quote }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      securityContext:
        {{- include "parley.containerSecurity" . | nindent 8 }}
      env:
        {{- include "parley.serviceEnv" . | nindent 8 }}
      ports:
        - name: http
          containerPort: 8080
      # Migrations, a first load of people or a restore of stores may take a while: until it is over, nobody kills it.
      startupProbe:
        httpGet: {path: /q/health/started, port: http, scheme: {{ include "parley.scheme" .root | upper }}}
        periodSeconds: 5
        failureThreshold: 60
      livenessProbe:
        httpGet: {path: /q/health/live, port: http, scheme: {{ include "parley.scheme" .root | upper }}}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /q/health/ready, port: http, scheme: {{ include "parley.scheme" .root | upper }}}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      lifecycle:
        preStop:
          # Until the routes know that this pod goes.
          sleep: {seconds: 5}
      resources:
        {{- toYaml .service.resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
        {{- if eq .component "command-service" }}
        - {name: state, mountPath: /state}
        {{- end }}
        {{- if .root.Values.tls.enabled }}
        - {name: tls, mountPath: /tls, readOnly: true}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir: {sizeLimit: 256Mi}
    {{- include "parley.tlsVolume" . | nindent 4 }}
{{- end -}}
