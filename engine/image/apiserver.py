"""As much of a Kubernetes API server as one run of Chartreuse needs, for `train`: objects are kept as they are sent, and
controllers are quick. Writes a kubeconfig into the directory that it is given, where ca.crt and key.pem are."""

import json
import ssl
import sys
import threading
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

objects = {}
lock = threading.Lock()
version = 1


def store(path, content):
    """Keeps an object under its path, as the newest version, and does what its controller would."""
    global version
    version += 1
    metadata = content.setdefault("metadata", {})
    metadata.setdefault("uid", str(uuid.uuid4()))
    metadata.setdefault("creationTimestamp", "2026-01-01T00:00:00Z")
    metadata["resourceVersion"] = str(version)
    if content.get("kind") == "Deployment":
        count = content["spec"]["replicas"]
        metadata["generation"] = version
        content["status"] = {"observedGeneration": version, "replicas": count, "readyReplicas": count,
                             "updatedReplicas": count, "availableReplicas": count}
    objects[path] = content
    return content


def merge(old, patch):
    """RFC 7386."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged.get(key), value)
    return merged


def selected(content, query):
    """Whether an object has the labels that a list asks for; only of the form name=value."""
    labels = content["metadata"].get("labels", {})
    terms = [term.split("=", 1) for term in ",".join(query.get("labelSelector", [])).split(",") if "=" in term]
    return all(labels.get(name) == value for name, value in terms)


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def answer(self, code, content):
        body = json.dumps(content).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def fail(self, code, reason):
        self.answer(code, {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": reason, "code": code})

    def body(self):
        return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")

    def do_GET(self):
        url = urlparse(self.path)
        with lock:
            if "true" in parse_qs(url.query).get("watch", []):
                self.close_connection = True
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
            elif url.path == "/version":
                self.answer(200, {"major": "1", "minor": "34", "gitVersion": "v1.34.0"})
            elif url.path in objects:
                self.answer(200, objects[url.path])
            elif "keda.sh" in url.path or "/namespaces/" not in url.path:
                self.fail(404, "NotFound")
            elif len(url.path.split("/namespaces/")[1].split("/")) > 2:
                self.fail(404, "NotFound")
            else:
                found = [content for path, content in sorted(objects.items())
                         if path.rsplit("/", 1)[0] == url.path and selected(content, parse_qs(url.query))]
                self.answer(200, {"kind": "List", "apiVersion": "v1", "items": found,
                                  "metadata": {"resourceVersion": str(version)}})

    def do_POST(self):
        content = self.body()
        path = urlparse(self.path).path
        with lock:
            if path.endswith("accessreviews"):
                content["status"] = {"allowed": True}
                return self.answer(201, content)
            name = content["metadata"].setdefault("name", content["metadata"].get("generateName", "") + uuid.uuid4().hex[:5])
            if path + "/" + name in objects:
                return self.fail(409, "AlreadyExists")
            self.answer(201, store(path + "/" + name, content))

    def do_PUT(self):
        self.change(lambda old, sent: sent)

    def do_PATCH(self):
        self.change(merge)

    def change(self, how):
        sent = self.body()
        path = urlparse(self.path).path
        with lock:
            if path not in objects:
                return self.fail(404, "NotFound")
            known = sent.get("metadata", {}).get("resourceVersion")
            if known and known != objects[path]["metadata"]["resourceVersion"]:
                return self.fail(409, "Conflict")
            self.answer(200, store(path, how(objects[path], sent)))

    def do_DELETE(self):
        self.body()
        with lock:
            found = objects.pop(urlparse(self.path).path, None)
            self.answer(200, found) if found else self.fail(404, "NotFound")


def furnish():
    for name in ("web", "worker"):
        labels = {"app.kubernetes.io/instance": "training", "release": "training"}
        store("/apis/apps/v1/namespaces/training/deployments/" + name, {
            "apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": name, "namespace": "training", "labels": labels},
            "spec": {"replicas": 2, "selector": {"matchLabels": {"app": name}}, "template": {
                "metadata": {"labels": {"app": name}}, "spec": {"containers": [{"name": "main", "image": "main"}]}}}})
        store("/apis/autoscaling/v2/namespaces/training/horizontalpodautoscalers/" + name, {
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
            "metadata": {"name": name, "namespace": "training"},
            "spec": {"minReplicas": 1, "maxReplicas": 3, "scaleTargetRef": {
                "apiVersion": "apps/v1", "kind": "Deployment", "name": name}}})
        store("/apis/wiremind.io/v1/namespaces/training/expecteddeploymentscales/" + name, {
            "apiVersion": "wiremind.io/v1", "kind": "ExpectedDeploymentScale",
            "metadata": {"name": name, "namespace": "training", "labels": labels},
            "spec": {"deploymentName": name, "expectedScale": 2}})


def main(directory):
    furnish()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(directory + "/ca.crt", directory + "/key.pem")
    server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with open(directory + "/kubeconfig", "w") as kubeconfig:
        json.dump({
            "apiVersion": "v1", "kind": "Config", "current-context": "training",
            "clusters": [{"name": "training", "cluster": {
                "server": "https://127.0.0.1:%d" % server.server_port, "certificate-authority": directory + "/ca.crt"}}],
            "users": [{"name": "training", "user": {"token": "training"}}],
            "contexts": [{"name": "training", "context": {
                "cluster": "training", "user": "training", "namespace": "training"}}]}, kubeconfig)
    server.serve_forever()


main(sys.argv[1])
