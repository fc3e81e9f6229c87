"""Dockerfile, compose and Kubernetes agree: ports, names of the environment, health, and what the image holds."""

import re
from pathlib import Path

import pytest
import yaml

from classroom import database
from data import folders
from deploy import haproxy
from tests.test_layers import LAYERS, ROOT
from ui import replica

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
KUSTOMIZATION = yaml.safe_load((DEPLOY / "kustomization.yaml").read_text())
RESOURCES = [
    resource for file in KUSTOMIZATION["resources"] for resource in yaml.safe_load_all((DEPLOY / file).read_text())
]
DATABASE = "LATENT_LAB_DATABASE"


def resource(kind, name):
    (found,) = [one for one in RESOURCES if (one["kind"], one["metadata"]["name"]) == (kind, name)]
    return found


def pod(name):
    return resource("Deployment", name)["spec"]["template"]["spec"]


def environment(name):
    """{variable: where it comes from} of the one container of a deployment."""
    (container,) = pod(name)["containers"]
    return {one["name"]: one.get("value") or one["valueFrom"] for one in container["env"]}


def test_environment_variables_match_the_code():
    assert f'environ.get("{DATABASE}")' in Path(database.__file__).read_text()
    assert 'environ.get("LATENT_LAB_DATA")' in Path(folders.__file__).read_text()
    assert haproxy.WARM == replica.WARM
    app, proxy = COMPOSE["services"]["app"]["environment"], COMPOSE["services"]["proxy"]["environment"]
    assert set(app) == set(environment("latent-lab-app")) == {haproxy.SECRET, DATABASE}
    assert set(proxy) == {haproxy.SECRET, haproxy.HOST} <= set(environment("latent-lab-proxy"))
    assert set(re.findall(r"\$\{(\w+)", haproxy.FILE.read_text())) == {haproxy.SECRET, haproxy.HOST}
    for name in (haproxy.WARM, "LATENT_LAB_DATA", "STREAMLIT_SERVER_ADDRESS", "STREAMLIT_SERVER_PORT"):
        assert f" {name}=" in DOCKERFILE, name


def test_replicas_and_proxy_have_the_same_secret():
    secrets = [environment(name)[haproxy.SECRET]["secretKeyRef"] for name in ("latent-lab-app", "latent-lab-proxy")]
    assert secrets[0] == secrets[1]


def test_ports_match():
    assert f"STREAMLIT_SERVER_PORT={haproxy.APP_PORT} " in DOCKERFILE
    assert f"EXPOSE {haproxy.APP_PORT}\n" in DOCKERFILE
    assert COMPOSE["services"]["proxy"]["ports"] == [f"${{LATENT_LAB_PORT:-8500}}:{haproxy.PROXY_PORT}"]
    for name, port in (("latent-lab-app", haproxy.APP_PORT), ("latent-lab-proxy", haproxy.PROXY_PORT)):
        assert pod(name)["containers"][0]["ports"] == [{"name": "http", "containerPort": port}]
    assert resource("Service", "latent-lab-app")["spec"]["ports"][0]["port"] == haproxy.APP_PORT
    assert resource("Service", "latent-lab")["spec"]["ports"][0]["targetPort"] == "http"


def test_the_proxy_finds_all_replicas_by_one_name():
    assert COMPOSE["services"]["proxy"]["environment"][haproxy.HOST] in COMPOSE["services"]
    service = resource("Service", "latent-lab-app")
    assert service["spec"]["clusterIP"] == "None"  # the name gives every replica's address
    assert environment("latent-lab-proxy")[haproxy.HOST].partition(".")[0] == service["metadata"]["name"]
    names = [one["metadata"]["labels"] for one in [resource("Deployment", "latent-lab-app")["spec"]["template"]]]
    assert names == [service["spec"]["selector"]]
    assert max(one["count"] for one in KUSTOMIZATION["replicas"]) <= haproxy.MOST


def test_all_use_one_configuration_of_haproxy():
    (generated,) = KUSTOMIZATION["configMapGenerator"]
    assert generated == {"name": pod("latent-lab-proxy")["volumes"][0]["configMap"]["name"], "files": ["haproxy.cfg"]}
    mounted = pod("latent-lab-proxy")["containers"][0]["volumeMounts"][0]["mountPath"]
    assert COMPOSE["services"]["proxy"]["volumes"] == [f"./haproxy.cfg:{mounted}/haproxy.cfg:ro"]
    images = {COMPOSE["services"]["proxy"]["image"], pod("latent-lab-proxy")["containers"][0]["image"]}
    assert len(images) == 1


def test_health_checks_use_an_address_of_the_app():
    container = pod("latent-lab-app")["containers"][0]
    probes = [container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "readiness", "liveness")]
    assert probes == 3 * [{"path": haproxy.HEALTH, "port": "http"}]
    assert f"http://127.0.0.1:{haproxy.APP_PORT}{haproxy.HEALTH}" in DOCKERFILE


def test_no_container_runs_as_root():
    assert "\nUSER 1000\n" in DOCKERFILE
    for name in ("latent-lab-app", "latent-lab-proxy"):
        assert pod(name)["securityContext"]["runAsNonRoot"]


def test_the_image_has_every_layer_of_the_app_and_its_requirements():
    copied = [source for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.M) for source in line.split()]
    missing = [source for source in copied if not (ROOT / source).exists()]
    assert missing == []
    assert {"app.py", *LAYERS[1:]} <= set(copied)
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert sorted(copied) == sorted(line[1:] for line in allowed if line.startswith("!"))


def test_torch_and_torchvision_have_the_versions_of_the_constraints():
    pattern = re.search(r"grep -E '(.+?)' constraints", DOCKERFILE)[1]
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if re.match(pattern, line)]
    assert [line.partition("==")[0] for line in lines] == ["torch", "torchvision"]
    assert "TORCH_INDEX" in DOCKERFILE.split("-r pair.txt")[0]


@pytest.mark.parametrize("file", sorted(DEPLOY.rglob("*.yaml")), ids=lambda file: file.name)
def test_every_mounted_volume_is_defined(file):
    for document in yaml.safe_load_all(file.read_text()):
        if document.get("kind") == "Deployment":
            spec = document["spec"]["template"]["spec"]
            mounts = {mount["name"] for container in spec["containers"] for mount in container["volumeMounts"]}
            assert mounts == {volume["name"] for volume in spec["volumes"]}
            claims = [
                one["persistentVolumeClaim"]["claimName"] for one in spec["volumes"] if "persistentVolumeClaim" in one
            ]
            assert all(resource("PersistentVolumeClaim", claim) for claim in claims)
        elif "services" in document:
            named = [
                one.partition(":")[0] for service in document["services"].values() for one in service.get("volumes", [])
            ]
            assert {name for name in named if not name.startswith(".")} == set(document["volumes"])
