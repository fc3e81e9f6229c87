"""The configuration of HAProxy, the same for replicas on this computer, in compose and in Kubernetes.

    python -m deploy.haproxy           writes deploy/haproxy.cfg, which compose and Kubernetes mount
    configuration(servers)             the same for other servers, such as those of deploy/local.py

A cookie of the proxy sends a browser back to its replica: addresses do not help, since a whole class may share one. The
names of the environment variables are the same everywhere (`PORT`, `BIND`, `HOST`, `MOST`, `SECRET`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

FILE = Path(__file__).parent / "haproxy.cfg"
COOKIE = "latent_lab_replica"  # names the replica of a browser
HEALTH = "/_stcore/health"
APP_PORT, PROXY_PORT = 8501, 8500  # in containers
MOST = 16  # replicas that the containers' proxy looks for; unused places cost nothing
HOST = "LATENT_LAB_REPLICAS"  # environment of the proxy: DNS name with the addresses of all replicas
SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # environment of replicas and proxy
WARM = "LATENT_LAB_WARM"  # environment of replicas: imports torch at the start

# From the DNS of Docker and Kubernetes: the proxy follows as replicas come and go.
FROM_DNS = (f'server-template replica 1-{MOST} "${{{HOST}}}:{APP_PORT}" resolvers dns init-addr none',)

TEXT = """\
# Written by `python -m deploy.haproxy`; a test compares.
global
    maxconn 8192
    log stdout format raw local0 notice

defaults
    mode http
    log global
    option dontlognull
    option forwardfor
    # Also the pause before a refused connection goes to another replica.
    timeout connect 500ms
    timeout client 60s
    timeout server 60s
    timeout http-request 10s
    timeout http-keep-alive 30s
    # A replica that computes for seconds answers late and keeps its users; one that has ended refuses the connection.
    timeout check 10s
    # WebSockets: Streamlit pings every 30 s, so silence of an hour is a browser that is gone.
    timeout tunnel 1h
    timeout client-fin 30s

# Docker's and Kubernetes' own DNS; what it said holds for a second.
resolvers dns
    parse-resolv-conf
    hold valid 1s
    hold obsolete 2s
    accepted_payload_size 8192

frontend people
    bind {bind}
    default_backend replicas

backend replicas
    balance leastconn
    # A browser comes back to its replica; what is cached by a proxy in between must not hold the cookie.
    cookie {cookie} insert indirect nocache httponly dynamic attr "SameSite=Lax"
    dynamic-cookie-key "${{{secret}}}"
    # A replica that is gone: at once to another one, which gets a cookie of its own.
    retries 3
    option redispatch 1
    retry-on conn-failure empty-response
    option httpchk GET {health}
    default-server check inter 1s fastinter 250ms fall 2 rise 1 observe layer4 error-limit 1 on-error mark-down
    default-server on-marked-down shutdown-sessions
"""


def configuration(servers: Sequence[str] = FROM_DNS, bind: str = f":{PROXY_PORT}") -> str:
    """Text of haproxy.cfg. servers: lines of the backend. bind: address for the users' connections."""
    head = TEXT.format(bind=bind, cookie=COOKIE, secret=SECRET, health=HEALTH)
    return head + "".join(f"    {server}\n" for server in servers)


if __name__ == "__main__":
    FILE.write_text(configuration())
