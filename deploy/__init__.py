"""Many people: replicas of the app behind a proxy that brings every browser back to the same one.

    python -m deploy.local --replicas 2      replicas and HAProxy on this computer
    python -m deploy.haproxy                 writes haproxy.cfg, the one that the containers use
    python -m deploy.check http://ADDRESS    what is wrong with replicas that answer there, in sentences

docs/deploying.md says what the replicas have to share.
"""
