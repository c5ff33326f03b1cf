"""One socket of one page: what it may send, and what it is sent."""

import asyncio
from collections.abc import Sequence

from fastapi import WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from formcheck.web.describing import written
from formcheck.web.engine import Arrived
from formcheck.web.limits import (
    ERRORS_TOLD_PER_S,
    LARGEST_PICTURE_BYTES,
    LARGEST_TEXT_BYTES,
    MOST_REFUSED_AT_ONCE,
    PICTURES_PER_S,
    REFUSED_PER_S,
    TEXTS_PER_S,
    RateLimit,
)
from formcheck.web.messages import (
    CommandSent,
    ErrorCode,
    HeatSent,
    Hello,
    PainSent,
    PictureSent,
    ScreenSent,
    SettingsSent,
    StoreVideo,
    TakeOver,
    parsed_picture,
    parsed_text,
)
from formcheck.web.room import Room

REFUSED, TOO_BIG = 1008, 1009
# A page that does not read what it is sent is closed.
_MOST_UNREAD = 512
_BUSY = written({"type": "busy"})


class Connection:
    """Read and write one socket until either side has enough.

    Parameters
    ----------
    socket
        Accepted already.
    room
        Where the session is, and who owns it.
    """

    def __init__(self, socket: WebSocket, room: Room) -> None:
        self._socket = socket
        self._room = room
        self._loop = asyncio.get_running_loop()
        self._outgoing: asyncio.Queue[str | int] = asyncio.Queue()
        self._pictures = RateLimit(PICTURES_PER_S)
        self._texts = RateLimit(TEXTS_PER_S)
        self._refusals = RateLimit(REFUSED_PER_S, MOST_REFUSED_AT_ONCE)
        self._errors = RateLimit(ERRORS_TOLD_PER_S)
        self._has_enough = False
        self.page_id = ""

    def send(self, messages: Sequence[str]) -> None:
        """Send messages in order; may be called from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._put, messages)
        except RuntimeError:
            return  # the server has ended

    def end(self, code: int) -> None:
        """Close the socket after what is still to be sent."""
        self._outgoing.put_nowait(code)

    def say_busy(self) -> None:
        """Tell the page that another one has the session."""
        self._put([_BUSY])

    async def run(self) -> None:
        """Serve the page until it goes, or is closed."""
        writing = asyncio.create_task(self._write())
        reading = asyncio.create_task(self._read())
        try:
            await asyncio.wait({writing, reading}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._room.leave(self)
            for task in (writing, reading):
                task.cancel()
            await asyncio.gather(writing, reading, return_exceptions=True)

    def _put(self, messages: Sequence[str]) -> None:
        if self._outgoing.qsize() > _MOST_UNREAD:
            self.end(REFUSED)
            return
        for message in messages:
            self._outgoing.put_nowait(message)

    async def _write(self) -> None:
        while True:
            message = await self._outgoing.get()
            try:
                if isinstance(message, int):
                    await self._socket.close(message)
                    return
                await self._socket.send_text(message)
            except (WebSocketDisconnect, RuntimeError):
                return  # it has gone

    async def _read(self) -> None:
        while not self._has_enough:
            message = await self._socket.receive()
            if message["type"] != "websocket.receive":
                return
            data, text = message.get("bytes"), message.get("text")
            if data is not None:
                self._take_picture(data)
            elif text is not None and not self._take_text(text):
                await self._socket.close(TOO_BIG)
                return
        await self._socket.close(REFUSED)

    def _take_picture(self, data: bytes) -> None:
        if not self._room.is_owner(self):
            self._count_refusal()
            return
        try:
            sent = parsed_picture(data)
        except ValueError:
            self._refuse(ErrorCode.BAD_MESSAGE)
            return
        if not self._pictures.allows():
            self._refuse(ErrorCode.TOO_MANY_PICTURES, sent.sequence)
        elif len(sent.jpeg) > LARGEST_PICTURE_BYTES:
            self._refuse(ErrorCode.PICTURE_TOO_LARGE, sent.sequence)
        else:
            self._submit(sent)

    def _submit(self, sent: PictureSent) -> None:
        try:
            time_s = self._room.session.picture_time_s(sent.capture_ms)
        except ValueError:
            self._refuse(ErrorCode.BAD_MESSAGE, sent.sequence)
            return
        self._room.engine.submit(Arrived(sent.sequence, time_s, sent.jpeg, self._room.now_s()))

    def _take_text(self, text: str) -> bool:
        """Do what a message asks for; False where it is too large to go on with this page."""
        if len(text) > LARGEST_TEXT_BYTES:
            return False
        if not self._texts.allows():
            self._refuse(ErrorCode.TOO_MANY_MESSAGES)
            return True
        try:
            self._do(parsed_text(text))
        except (ValidationError, ValueError, RecursionError):
            self._refuse(ErrorCode.BAD_MESSAGE)
        return True

    def _do(self, message: object) -> None:
        match message:
            case Hello(page_id=page_id, language=language):
                self.page_id = page_id
                self._room.session.speak(language)
                self._room.enter(self)
            case TakeOver() if self.page_id:
                self._room.take_over(self)
            case CommandSent(command=command, exercise=exercise) if self._room.is_owner(self):
                self._room.session.command(command, exercise)
            case PainSent() | ScreenSent() | HeatSent() if self._room.is_owner(self):
                self._room.session.answer(message)
            case StoreVideo(on=on) if self._room.is_owner(self):
                self._room.session.store_video(on=on)
            case SettingsSent(language=language) if self._room.is_owner(self):
                self._room.session.speak(language)
            case _:
                self._count_refusal()

    def _refuse(self, code: ErrorCode, sequence: int | None = None) -> None:
        """Say so; a flood gets few answers, and an end."""
        self._count_refusal()
        if self._errors.allows():
            self._put([self._room.session.error(code, sequence)])

    def _count_refusal(self) -> None:
        self._has_enough = self._has_enough or not self._refusals.allows()
