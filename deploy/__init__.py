"""Many users: replicas of the app behind a proxy that sends every browser to the same one each time.

    python -m deploy.local --replicas 2      replicas and HAProxy on this computer
    python -m deploy.haproxy                 writes haproxy.cfg, the one that the containers use
    python -m deploy.check http://ADDRESS    problems of the replicas at that address, in sentences

docs/deploying.md says what the replicas must share.
"""
