{{- /* The name of a part: (list . "balancer") */ -}}
{{- define "lookaside.name" -}}
{{- $root := index . 0 -}}{{- printf "%s-%s" ($root.Release.Name | trunc 50 | trimSuffix "-") (index . 1) -}}
{{- end -}}

{{- define "lookaside.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: lookaside
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end -}}

{{- define "lookaside.labels" -}}
{{- $root := index . 0 -}}
{{ include "lookaside.selector" . }}
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
{{- end -}}

{{- define "lookaside.image" -}}
{{- $root := index . 0 -}}{{- $image := index . 1 -}}
image: "{{ $image.repository }}:{{ $image.tag | default $root.Chart.AppVersion }}"
imagePullPolicy: {{ $image.pullPolicy | default "IfNotPresent" }}
{{- end -}}

{{- define "lookaside.podSecurity" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
# Services named lb or worker would put LB_PORT and WORKER_PORT into every pod.
enableServiceLinks: false
{{- end -}}

{{- define "lookaside.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- end -}}

{{- /* On other machines and in other zones than those of the same part, if there are any. */ -}}
{{- define "lookaside.apart" -}}
affinity:
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels: {{- include "lookaside.selector" . | nindent 14 }}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "lookaside.selector" . | nindent 8 }}
{{- end -}}

{{- define "lookaside.probes" -}}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 2
  failureThreshold: 60
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: http}
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: 2
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 3
{{- end -}}

{{- define "lookaside.etcdEndpoints" -}}
{{- if .Values.etcd.enabled -}}
{{- $name := include "lookaside.name" (list . "etcd") -}}
{{- $endpoints := list -}}
{{- range $i := until 3 -}}
{{- $endpoints = append $endpoints (printf "http://%s-%d.%s:2379" $name $i $name) -}}
{{- end -}}
{{- join "," $endpoints -}}
{{- else -}}
{{- if not .Values.etcd.endpoints }}{{ fail "etcd.endpoints is empty (expected: http://host:port of each member, because etcd.enabled is false)" }}{{ end -}}
{{- join "," .Values.etcd.endpoints -}}
{{- end -}}
{{- end -}}

{{- define "lookaside.clients" -}}
{{- if .Values.networkPolicy.clients.namespaceLabels }}
- namespaceSelector:
    matchLabels: {{- toYaml .Values.networkPolicy.clients.namespaceLabels | nindent 6 }}
{{- end }}
- podSelector: {}
{{- end -}}

{{- define "lookaside.monitoring" -}}
{{- with .Values.networkPolicy.monitoring.namespaceLabels }}
- from:
    - namespaceSelector:
        matchLabels: {{- toYaml . | nindent 10 }}
  ports:
    - {port: metrics-port}
{{- end }}
{{- end -}}

{{- define "lookaside.dns" -}}
- to:
    - namespaceSelector: {}
      podSelector:
        matchLabels: {k8s-app: kube-dns}
  ports:
    - {port: 53, protocol: UDP}
    - {port: 53, protocol: TCP}
{{- end -}}
