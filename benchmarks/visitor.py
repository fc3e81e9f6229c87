"""A visit without a browser: the messages of Streamlit's page to the server, over the same websocket.

A Visitor opens a page, keeps the state of its widgets, remembers cacheable messages as a browser does, and sends a live
component's reports. It draws nothing, so hundreds of them fit beside the server.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

EVENTS = "$$STREAMLIT_INTERNAL_KEY_{id}__events"  # the widget that carries a component's triggers
ALERTS = ("exception", "alert")
LIKE_A_BROWSER = {"open_timeout": 120, "ping_interval": None}  # browsers wait for a busy server, and send no pings


class Visitor:
    """One session on the server at `url`, on the page of this name with this query ("model=mnist_vae").

    cookies: sent by the browser with the connection, {name: value}.
    sent, received: messages since the start; received_bytes. errors: exceptions and alerts on the page, and what broke
    the connection.
    """

    def __init__(self, url: str, name: str, query: str, cookies: Mapping[str, str] | None = None) -> None:
        self.url, self.name, self.query = url, name, query
        self.headers = {"Cookie": "; ".join(f"{key}={value}" for key, value in (cookies or {}).items())}
        self.sent = self.received = self.received_bytes = 0
        self.errors: list[str] = []
        self.page = ""  # hash of the page's script
        self.widgets: dict[str, tuple[str, Any]] = {}  # id -> (field of WidgetState, value)
        self.buttons: dict[str, tuple[str, str]] = {}  # label -> (id, fragment)
        self.components: dict[str, _Component] = {}  # name -> its latest data
        self._cached: dict[str, ForwardMsg] = {}
        self._ages: dict[str, int] = {}  # hash -> run of the script in which the message was last used
        self._runs = self._whole_runs = 0  # the latter without those that were restarted early
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Visitor:
        address = f"{self.url.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = await connect(
            address, subprotocols=["streamlit"], max_size=None, additional_headers=self.headers, **LIKE_A_BROWSER
        )
        self._listening = asyncio.create_task(self._listen())
        await self._send(self._rerun())
        return self

    async def __aexit__(self, *_exception: object) -> None:
        self._listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._listening
        await self._socket.close()

    async def finished(self, runs: int = 1) -> None:
        """Wait until the server has run the page to its end this many times."""
        await self._until(lambda: self._runs >= runs)

    async def component(self, name: str) -> None:
        """Wait until a live component is on the page."""
        await self._until(lambda: name in self.components)

    async def report(self, component: str, name: str, value: Any, answers: Callable[[dict], bool]) -> float:
        """Send a component's report; returns the seconds until data arrive for which answers(data) is true."""
        mounted, started = self.components[component], time.perf_counter()
        trigger = json.dumps([{"event": name, "value": value}], separators=(",", ":"))
        await self._send(self._rerun(mounted, trigger))
        await self._until(lambda: answers(self.components[component].data))
        return time.perf_counter() - started

    async def press(self, label: str) -> None:
        """Press the button with that label, and wait until the page has run to its end."""
        button, fragment = self.buttons[label]
        runs, message = self._runs, self._rerun()
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.add(id=button, trigger_value=True)
        await self._send(message)
        await self.finished(runs + 1)

    async def _until(self, true):
        async with self._changed:
            await self._changed.wait_for(lambda: true() or self._listening.done())
        if self._listening.done():
            raise ConnectionError("the server closed the connection")

    # ---- to the server ----

    def _rerun(self, component=None, trigger=None):
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        state.context_info.url, state.context_info.timezone = f"{self.url}/{self.name}", "UTC"
        if not self.page:
            state.page_name = self.name
        state.cached_message_hashes.extend(self._cached)
        for key, (field, value) in self.widgets.items():
            setattr(state.widget_states.widgets.add(id=key), field, value)
        if component is not None:
            state.fragment_id = component.fragment
            state.widget_states.widgets.add(id=EVENTS.format(id=component.id), json_trigger_value=trigger)
        return message

    async def _send(self, message):
        await self._socket.send(message.SerializeToString())
        self.sent += 1

    # ---- from the server ----

    async def _listen(self):
        try:
            async for data in self._socket:
                self.received, self.received_bytes = self.received + 1, self.received_bytes + len(data)
                message = ForwardMsg()
                message.ParseFromString(data)
                async with self._changed:
                    self._hear(message)
                    self._changed.notify_all()
        except ConnectionClosed as error:
            self.errors.append(str(error))
        finally:
            async with self._changed:
                self._changed.notify_all()

    def _hear(self, message):
        kind = message.WhichOneof("type")
        if kind == "ref_hash":  # a message that was sent before, at its new place
            metadata, message = message.metadata, self._cached[message.ref_hash]
            message.metadata.CopyFrom(metadata)
            kind = message.WhichOneof("type")
        if message.metadata.cacheable:
            self._cached[message.hash], self._ages[message.hash] = message, self._whole_runs
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            self._runs += 1
            if message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return  # the next run may refer to everything that the previous one had
            self._whole_runs += 1
            for digest in [digest for digest, run in self._ages.items() if run < self._whole_runs - 2]:
                del self._cached[digest], self._ages[digest]
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._draw(message.delta.new_element, message.delta.fragment_id)

    def _draw(self, element, fragment):
        kind = element.WhichOneof("type")
        if kind in ALERTS and element.alert.format != Alert.SUCCESS:
            self.errors.append(str(getattr(element, kind))[:300])
        elif kind == "selectbox":
            field = element.selectbox
            value = field.raw_value if field.set_value else field.options[field.default]
            self.widgets[field.id] = "string_value", value
        elif kind == "number_input":
            field = element.number_input
            value = field.value if field.set_value else field.default
            whole = field.data_type == field.INT
            self.widgets[field.id] = ("int_value", int(value)) if whole else ("double_value", value)
        elif kind == "button":
            self.buttons[element.button.label] = element.button.id, fragment
        elif kind == "checkbox":
            field = element.checkbox
            self.widgets[field.id] = "bool_value", field.value if field.set_value else field.default
        elif kind == "bidi_component":
            component = element.bidi_component
            data = json.loads(component.mixed.json or component.json)
            name = component.component_name.removeprefix("latent_lab_")
            self.components[name] = _Component(component.id, fragment, data)


class _Component:
    def __init__(self, key: str, fragment: str, data: dict[str, Any]) -> None:
        self.id, self.fragment, self.data = key, fragment, data
