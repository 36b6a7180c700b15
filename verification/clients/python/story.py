# The Python SDK against our server: every call that it has, told as a story. Run by `npm run verify -- clients` as
# `python -m unittest -v story`. The tests have no docstrings: unittest would print those in place of the names.
import asyncio
import inspect
import os
import time
import unittest
import uuid
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone

import s2_sdk
from s2_sdk import (
    S2,
    Accumulation,
    AccessTokenScope,
    AccountMetricSet,
    AppendInput,
    AppendRetryPolicy,
    AppendSession,
    BasinConfig,
    BasinMetricSet,
    Batching,
    CommandRecord,
    Compression,
    Encryption,
    Endpoints,
    EnsureStatus,
    ExactMatch,
    FencingTokenMismatchError,
    Gauge,
    Label,
    MetricUnit,
    Operation,
    OperationGroupPermissions,
    Permission,
    PrefixMatch,
    Producer,
    ReadLimit,
    ReadSession,
    ReadUnwrittenError,
    Record,
    Retry,
    S2Basin,
    S2ClientError,
    S2ServerError,
    S2Stream,
    SeqNum,
    SeqNumMismatchError,
    StreamConfig,
    StreamMetricSet,
    TailOffset,
    Timeout,
    TimeseriesInterval,
    Timestamp,
    Timestamping,
    TimestampingMode,
    append_inputs,
    append_record_batches,
    metered_bytes,
)

CALLED: set[str] = set()
SURFACE: set[str] = set()


def notice(owner: type) -> None:
    """Has each public method of a class note that it was called."""
    for name, member in list(vars(owner).items()):
        if name.startswith("_") or not inspect.isfunction(member):
            continue
        called = f"{owner.__name__}.{name}"
        SURFACE.add(called)

        def noticing(*args, _member=member, _called=called, **kwargs):
            CALLED.add(_called)
            return _member(*args, **kwargs)

        setattr(owner, name, noticing)


for sdk_class in (S2, S2Basin, S2Stream, AppendSession, Producer, ReadSession):
    notice(sdk_class)


def client(token: str | None = None, **options) -> S2:
    return S2(
        token or os.environ["S2_ACCESS_TOKEN"],
        endpoints=Endpoints.from_env(),
        timeout=Timeout(request=timedelta(seconds=30)),
        **options,
    )


def unique(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


@asynccontextmanager
async def a_basin(s2: S2, config: BasinConfig | None = None):
    name = unique("py-story")
    await s2.create_basin(name, config=config)
    try:
        yield s2[name]
    finally:
        await s2.delete_basin(name, ignore_not_found=True)


@asynccontextmanager
async def a_stream(config: StreamConfig | None = None, **options):
    async with client(**options) as s2, a_basin(s2) as basin:
        await basin.create_stream("a/stream of ours", config=config)
        yield basin["a/stream of ours"]


def records(*bodies: str) -> list[Record]:
    return [Record(body=body.encode()) for body in bodies]


def bodies_of(batches) -> list[str]:
    return [record.body.decode() for batch in batches for record in batch.records]


async def eventually(probe, wanted, seconds: float = 20):
    """Polls until the probe gives what is wanted, and gives what came last when the time is over."""
    end = time.monotonic() + seconds
    while (came := await probe()) != wanted and time.monotonic() < end:
        await asyncio.sleep(0.05)
    return came


class Case(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        # The loop that unittest makes tells of every step of 0.1 s, in the midst of the results.
        asyncio.get_running_loop().slow_callback_duration = 60

    async def refused(self, awaitable, status: int, code: str) -> S2ServerError:
        with self.assertRaises(S2ServerError) as caught:
            await awaitable
        self.assertEqual((caught.exception.status_code, caught.exception.code), (status, code))
        return caught.exception


class Basins(Case):
    async def test_are_created_listed_and_deleted(self):
        async with client() as s2:
            family = unique("py-many")
            names = [f"{family}-{i}" for i in range(3)]
            for name in names:
                created = await s2.create_basin(name)
                self.assertEqual((created.name, created.deleted_at), (name, None))
                self.assertLess(abs(datetime.now(timezone.utc) - created.created_at), timedelta(hours=1))
            page = await s2.list_basins(prefix=family, limit=2)
            self.assertEqual(([info.name for info in page.items], page.has_more), (names[:2], True))
            rest = await s2.list_basins(prefix=family, start_after=names[1])
            self.assertEqual(([info.name for info in rest.items], rest.has_more), (names[2:], False))
            listed = [info.name async for info in s2.list_all_basins(prefix=family)]
            self.assertEqual(listed, names)
            await s2.delete_basin(names[0])
            listed = [info.name async for info in s2.list_all_basins(prefix=family)]
            self.assertEqual(listed, names[1:])
            async for info in s2.list_all_basins(prefix=names[0], include_deleted=True):
                self.assertIsNotNone(info.deleted_at)
            for name in names[1:]:
                await s2.delete_basin(name)

    async def test_keep_their_configuration(self):
        config = BasinConfig(
            default_stream_config=StreamConfig(
                storage_class="standard",
                retention_policy=3600,
                timestamping=Timestamping(mode=TimestampingMode.CLIENT_REQUIRE, uncapped=True),
                delete_on_empty_min_age=60,
            ),
            create_stream_on_append=True,
            create_stream_on_read=False,
        )
        async with client() as s2, a_basin(s2, config) as basin:
            self.assertEqual(await s2.get_basin_config(basin.name), config)
            changed = await s2.reconfigure_basin(basin.name, config=BasinConfig(create_stream_on_read=True))
            self.assertEqual((changed.create_stream_on_append, changed.create_stream_on_read), (True, True))
            infinite = BasinConfig(default_stream_config=StreamConfig(retention_policy="infinite"))
            changed = await s2.reconfigure_basin(basin.name, config=infinite)
            self.assertEqual(changed.default_stream_config.retention_policy, "infinite")
            self.assertEqual(changed.default_stream_config.storage_class, "standard")

    async def test_are_ensured(self):
        async with client() as s2:
            name = unique("py-ensured")
            wanted = BasinConfig(create_stream_on_append=True)
            created = await s2.ensure_basin(name, config=wanted)
            self.assertEqual((created.basin.name, created.status), (name, EnsureStatus.CREATED))
            again = await s2.ensure_basin(name, config=wanted)
            self.assertEqual(again.status, EnsureStatus.CONFIG_UNCHANGED)
            other = await s2.ensure_basin(name, config=BasinConfig(create_stream_on_append=False))
            self.assertEqual(other.status, EnsureStatus.CONFIG_UPDATED)
            await s2.delete_basin(name)

    async def test_refuse_what_is_not_theirs(self):
        async with client() as s2, a_basin(s2) as basin:
            await self.refused(s2.create_basin(basin.name), 409, "resource_already_exists")
            await self.refused(s2.get_basin_config(unique("py-no")), 404, "basin_not_found")
            await self.refused(s2.delete_basin(unique("py-no")), 404, "basin_not_found")
            await s2.delete_basin(unique("py-no"), ignore_not_found=True)
            with self.assertRaises(S2ClientError):
                s2.basin("Not A Basin")


class Streams(Case):
    async def test_are_created_listed_and_deleted(self):
        async with client() as s2, a_basin(s2) as basin:
            for name in ("a/1", "a/2", "a/3", "b"):
                self.assertEqual((await basin.create_stream(name)).name, name)
            page = await basin.list_streams(prefix="a/", limit=2)
            self.assertEqual(([info.name for info in page.items], page.has_more), (["a/1", "a/2"], True))
            rest = await basin.list_streams(start_after="a/2")
            self.assertEqual([info.name for info in rest.items], ["a/3", "b"])
            await basin.delete_stream("a/2")
            self.assertEqual([info.name async for info in basin.list_all_streams(prefix="a/")], ["a/1", "a/3"])
            async for info in basin.list_all_streams(prefix="a/2", include_deleted=True):
                self.assertIsNotNone(info.deleted_at)
            await self.refused(basin.create_stream("b"), 409, "resource_already_exists")
            await self.refused(basin.delete_stream("none"), 404, "stream_not_found")
            await basin.delete_stream("none", ignore_not_found=True)

    async def test_keep_their_configuration(self):
        config = StreamConfig(
            storage_class="express",
            retention_policy=7200,
            timestamping=Timestamping(mode=TimestampingMode.ARRIVAL, uncapped=False),
            delete_on_empty_min_age=3600,
        )
        async with client() as s2, a_basin(s2) as basin:
            await basin.create_stream("s", config=config)
            self.assertEqual(await basin.get_stream_config("s"), config)
            changed = await basin.reconfigure_stream("s", config=StreamConfig(retention_policy=60))
            self.assertEqual((changed.retention_policy, changed.storage_class), (60, "express"))
            self.assertEqual((await basin.ensure_stream("s", config=changed)).status, EnsureStatus.CONFIG_UNCHANGED)
            self.assertEqual((await basin.ensure_stream("t")).status, EnsureStatus.CREATED)
            updated = await basin.ensure_stream("t", config=StreamConfig(retention_policy=60))
            self.assertEqual((updated.stream.name, updated.status), ("t", EnsureStatus.CONFIG_UPDATED))

    async def test_are_made_by_the_first_append_with_its_configuration(self):
        wanted = StreamConfig(retention_policy=120)
        async with client() as s2, a_basin(s2, BasinConfig(create_stream_on_append=True)) as basin:
            await basin["unary"].append(AppendInput(records("a"), stream_config=wanted))
            async with basin["session"].append_session(stream_config=wanted) as session:
                await (await session.submit(AppendInput(records("a"))))
            async with basin["producer"].producer(stream_config=wanted) as producer:
                await (await producer.submit(Record(body=b"a")))
            for name in ("unary", "session", "producer"):
                self.assertEqual((await basin.get_stream_config(name)).retention_policy, 120, name)

    async def test_are_made_by_the_first_read_with_its_configuration(self):
        wanted = StreamConfig(retention_policy=180)
        async with client() as s2, a_basin(s2, BasinConfig(create_stream_on_read=True)) as basin:
            with self.assertRaises(ReadUnwrittenError):
                await basin["unary"].read(start=SeqNum(0), stream_config=wanted)
            limited = ReadLimit(count=1)
            batches = [b async for b in basin["session"].read_session(start=SeqNum(0), limit=limited, wait=1, stream_config=wanted)]
            self.assertEqual(bodies_of(batches), [])
            for name in ("unary", "session"):
                self.assertEqual((await basin.get_stream_config(name)).retention_policy, 180, name)


class Appends(Case):
    async def test_are_acknowledged_with_their_place(self):
        async with a_stream() as stream:
            ack = await stream.append(AppendInput(records("a", "b")))
            self.assertEqual((ack.start.seq_num, ack.end.seq_num, ack.tail.seq_num), (0, 2, 2))
            ack = await stream.append(AppendInput(records("c")))
            self.assertEqual((ack.start.seq_num, ack.end.seq_num), (2, 3))
            self.assertEqual(await stream.check_tail(), ack.tail)

    async def test_keep_bytes_headers_and_timestamps(self):
        async with a_stream() as stream:
            record = Record(body=bytes(range(256)), headers=[(b"\xff", b""), (b"k", b"\x00")], timestamp=1_700_000_000_000)
            await stream.append(AppendInput([record]))
            [read] = (await stream.read(start=SeqNum(0))).records
            self.assertEqual((read.body, read.headers, read.timestamp), (record.body, record.headers, record.timestamp))
            self.assertEqual(metered_bytes([read]), metered_bytes([record]))
            self.assertFalse(read.is_command_record())

    async def test_meet_their_conditions_or_are_told_why_not(self):
        async with a_stream() as stream:
            await stream.append(AppendInput(records("a"), match_seq_num=0))
            with self.assertRaises(SeqNumMismatchError) as mismatch:
                await stream.append(AppendInput(records("b"), match_seq_num=7))
            self.assertEqual(mismatch.exception.expected_seq_num, 1)
            await stream.append(AppendInput([CommandRecord.fence("mine")]))
            with self.assertRaises(FencingTokenMismatchError) as fenced:
                await stream.append(AppendInput(records("b"), fencing_token="theirs"))
            self.assertEqual(fenced.exception.expected_fencing_token, "mine")
            ack = await stream.append(AppendInput(records("b"), fencing_token="mine", match_seq_num=2))
            self.assertEqual(ack.tail.seq_num, 3)

    async def test_of_a_trim_take_records_away(self):
        async with a_stream() as stream:
            await stream.append(AppendInput(records("a", "b", "c")))
            await stream.append(AppendInput([CommandRecord.trim(2)]))

            async def first():
                return (await stream.read(start=SeqNum(0))).records[0].seq_num

            self.assertEqual(await eventually(first, 2), 2)

    async def test_of_a_missing_stream_are_refused(self):
        async with client() as s2, a_basin(s2) as basin:
            await self.refused(basin["none"].append(AppendInput(records("a"))), 404, "stream_not_found")
            await self.refused(basin["none"].check_tail(), 404, "stream_not_found")

    async def test_are_gathered_by_the_helpers(self):
        async def some():
            for i in range(25):
                yield Record(body=f"{i}".encode())

        batching = Batching(max_records=10, linger=timedelta(0))
        sizes = [len(batch) async for batch in append_record_batches(some(), batching=batching)]
        self.assertEqual(sizes, [10, 10, 5])
        async with a_stream() as stream:
            async for batch in append_inputs(some(), match_seq_num=0, batching=batching):
                await stream.append(batch)
            self.assertEqual((await stream.check_tail()).seq_num, 25)


class Reads(Case):
    async def test_start_where_they_are_told(self):
        async with a_stream() as stream:
            for i in range(5):
                await stream.append(AppendInput([Record(body=f"{i}".encode(), timestamp=1000 + 10 * i)]))
            for start, first in ((SeqNum(3), "3"), (Timestamp(1020), "2"), (Timestamp(1021), "3"), (TailOffset(1), "4")):
                self.assertEqual((await stream.read(start=start)).records[0].body.decode(), first, start)
            self.assertEqual((await stream.read(start=SeqNum(0), limit=ReadLimit(count=2))).records[-1].seq_num, 1)
            self.assertEqual(len((await stream.read(start=SeqNum(0), limit=ReadLimit(bytes=18))).records), 2)
            self.assertEqual(len((await stream.read(start=SeqNum(0), until_timestamp=1020)).records), 2)

    async def test_of_what_is_not_written_are_told_the_tail(self):
        async with a_stream() as stream:
            await stream.append(AppendInput(records("a")))
            for start in (SeqNum(1), SeqNum(9)):
                with self.assertRaises(ReadUnwrittenError) as unwritten:
                    await stream.read(start=start)
                self.assertEqual(unwritten.exception.tail.seq_num, 1)
            clamped = await stream.read(start=SeqNum(9), clamp_to_tail=True, wait=1)
            self.assertEqual(clamped.records, [])

    async def test_wait_for_what_comes(self):
        async with a_stream() as stream:
            waiting = asyncio.create_task(stream.read(start=SeqNum(0), wait=20))
            await stream.append(AppendInput(records("at last")))
            self.assertEqual(bodies_of([await waiting]), ["at last"])

    async def test_leave_out_commands_when_asked(self):
        async with a_stream() as stream:
            await stream.append(AppendInput([*records("a"), CommandRecord.fence("f"), *records("b")]))
            whole = await stream.read(start=SeqNum(0))
            self.assertEqual([record.is_command_record() for record in whole.records], [False, True, False])
            some = await stream.read(start=SeqNum(0), ignore_command_records=True)
            self.assertEqual(bodies_of([some]), ["a", "b"])


class Sessions:
    """Sessions, over one compression; the classes below say which."""

    compression: Compression

    def stream(self):
        return a_stream(compression=self.compression)

    async def test_acknowledge_many_batches_in_order(self):
        async with self.stream() as stream:
            async with stream.append_session(max_unacked_bytes=1 << 20, max_unacked_batches=8) as session:
                tickets = [await session.submit(AppendInput(records(f"{i}", "x" * 3000))) for i in range(50)]
            acks = [await ticket for ticket in tickets]
            self.assertEqual([ack.start.seq_num for ack in acks], list(range(0, 100, 2)))
            self.assertEqual((await stream.check_tail()).seq_num, 100)

    async def test_end_with_a_condition_that_does_not_hold(self):
        async with self.stream() as stream:
            session = stream.append_session()
            ticket = await session.submit(AppendInput(records("a"), match_seq_num=9))
            with self.assertRaises(SeqNumMismatchError):
                await ticket
            with self.assertRaises(SeqNumMismatchError):
                await session.close()

    async def test_of_a_producer_gather_records(self):
        async with self.stream() as stream:
            batching = Batching(max_records=40, linger=timedelta(milliseconds=1))
            async with stream.producer(fencing_token="", match_seq_num=0, batching=batching) as producer:
                tickets = [await producer.submit(Record(body=f"{i}".encode())) for i in range(200)]
                await producer.flush()
                self.assertEqual([(await ticket).seq_num for ticket in tickets], list(range(200)))
                last = await (await producer.submit(Record(body=b"last")))
                self.assertEqual(last.batch.end.seq_num, 201)
            unmanaged = stream.producer()
            ticket = await unmanaged.submit(Record(body=b"after"))
            await unmanaged.close()
            self.assertEqual((await ticket).seq_num, 201)

    async def test_read_to_a_bound_and_end(self):
        async with self.stream() as stream:
            await stream.append(AppendInput(records(*(f"{i}" for i in range(1000)))))
            bounded = stream.read_session(start=SeqNum(10), limit=ReadLimit(count=300))
            self.assertEqual(bodies_of([b async for b in bounded]), [f"{i}" for i in range(10, 310)])
            clamped = stream.read_session(start=SeqNum(5000), clamp_to_tail=True, limit=ReadLimit(count=1), wait=1)
            self.assertEqual(bodies_of([b async for b in clamped]), [])

    async def test_catch_up_and_follow(self):
        async with self.stream() as stream:
            await stream.append(AppendInput([*records("before"), CommandRecord.fence("f")]))
            async with stream.read_session(start=TailOffset(2), ignore_command_records=True) as session:
                self.assertEqual(bodies_of([await anext(session)]), ["before"])
                self.assertEqual((await session.caught_up()).seq_num, 2)
                self.assertTrue(session.is_caught_up())
                await stream.append(AppendInput(records("after")))
                self.assertEqual(bodies_of([await anext(session)]), ["after"])
                await session.close()

    async def test_read_up_to_a_time(self):
        async with self.stream() as stream:
            for i in range(4):
                await stream.append(AppendInput([Record(body=f"{i}".encode(), timestamp=1000 + i)]))
            until = stream.read_session(start=Timestamp(1001), until_timestamp=1003, wait=0)
            self.assertEqual(bodies_of([b async for b in until]), ["1", "2"])


class PlainSessions(Sessions, Case):
    compression = Compression.NONE


class GzipSessions(Sessions, Case):
    compression = Compression.GZIP


class ZstdSessions(Sessions, Case):
    compression = Compression.ZSTD


class Encrypted(Case):
    async def test_streams_are_read_with_their_key_only(self):
        for cipher in Encryption:
            async with client() as s2, a_basin(s2, BasinConfig(stream_cipher=cipher)) as basin:
                self.assertEqual((await s2.get_basin_config(basin.name)).stream_cipher, cipher)
                self.assertEqual((await basin.create_stream("secret")).cipher, cipher)
                [info] = (await basin.list_streams()).items
                self.assertEqual(info.cipher, cipher)
                key, other = os.urandom(32), os.urandom(32)
                stream = basin.stream("secret", encryption_key=key)
                await stream.append(AppendInput([*records("a"), CommandRecord.fence("f")]))
                async with stream.append_session() as session:
                    await (await session.submit(AppendInput(records("b"))))
                self.assertEqual(bodies_of([await stream.read(start=SeqNum(0))]), ["a", "f", "b"])
                followed = stream.read_session(start=SeqNum(0), limit=ReadLimit(count=3))
                self.assertEqual(bodies_of([b async for b in followed]), ["a", "f", "b"])
                self.assertEqual((await stream.check_tail()).seq_num, 3)
                wrong = basin.stream("secret", encryption_key=other)
                await self.refused(wrong.read(start=SeqNum(0)), 400, "decryption_failed")
                with self.assertRaises(S2ServerError):
                    await basin["secret"].append(AppendInput(records("c")))
                self.assertEqual((await stream.check_tail()).seq_num, 3)


class Tokens(Case):
    async def test_are_issued_listed_and_revoked(self):
        async with client() as s2:
            family = unique("py-token")
            scope = AccessTokenScope(
                basins=PrefixMatch("py-"),
                streams=ExactMatch("s"),
                access_tokens=PrefixMatch(""),
                op_groups=OperationGroupPermissions(
                    account=Permission.READ, basin=Permission.READ_WRITE, stream=Permission.READ_WRITE
                ),
                ops=[Operation.CREATE_BASIN],
            )
            expires = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(hours=1)
            ids = [f"{family}-{i}" for i in range(3)]
            for id in ids:
                self.assertTrue(await s2.issue_access_token(id, scope=scope, expires_at=expires))
            page = await s2.list_access_tokens(prefix=family, limit=2)
            self.assertEqual(([info.id for info in page.items], page.has_more), (ids[:2], True))
            rest = await s2.list_access_tokens(prefix=family, start_after=ids[1])
            self.assertEqual([info.id for info in rest.items], ids[2:])
            infos = [info async for info in s2.list_all_access_tokens(prefix=family)]
            self.assertEqual([info.id for info in infos], ids)
            self.assertEqual((infos[0].scope.basins, infos[0].scope.streams), (scope.basins, scope.streams))
            self.assertEqual(infos[0].scope.op_groups, scope.op_groups)
            self.assertEqual((infos[0].expires_at, infos[0].auto_prefix_streams), (expires, False))
            for id in ids:
                await s2.revoke_access_token(id)
            self.assertEqual((await s2.list_access_tokens(prefix=family)).items, [])

    async def test_open_what_their_scope_names_and_nothing_else(self):
        async with client() as s2, a_basin(s2) as basin:
            await basin.create_stream("tenant/a")
            id = unique("py-scoped")
            reader = await s2.issue_access_token(
                id,
                scope=AccessTokenScope(
                    basins=ExactMatch(basin.name),
                    streams=PrefixMatch("tenant/"),
                    ops=[Operation.READ, Operation.CHECK_TAIL],
                ),
            )
            async with client(reader) as limited:
                self.assertEqual((await limited[basin.name]["tenant/a"].check_tail()).seq_num, 0)
                append = limited[basin.name]["tenant/a"].append(AppendInput(records("a")))
                await self.refused(append, 403, "permission_denied")
                await self.refused(limited[basin.name]["other"].check_tail(), 403, "permission_denied")
            self.assertEqual((await basin["tenant/a"].check_tail()).seq_num, 0)
            await s2.revoke_access_token(id)
            async with client(reader) as revoked:
                with self.assertRaises(S2ServerError) as denied:
                    await revoked[basin.name]["tenant/a"].check_tail()
                self.assertIn(denied.exception.status_code, (401, 403))

    async def test_prefix_the_streams_of_their_bearer(self):
        async with client() as s2, a_basin(s2) as basin:
            token = await s2.issue_access_token(
                unique("py-prefix"),
                scope=AccessTokenScope(
                    basins=ExactMatch(basin.name),
                    streams=PrefixMatch("tenant/"),
                    op_groups=OperationGroupPermissions(basin=Permission.READ_WRITE, stream=Permission.READ_WRITE),
                ),
                auto_prefix_streams=True,
            )
            async with client(token) as tenant:
                await tenant[basin.name].create_stream("a")
                self.assertEqual([i.name for i in (await tenant[basin.name].list_streams()).items], ["a"])
                await tenant[basin.name]["a"].append(AppendInput(records("mine")))
            self.assertEqual([i.name for i in (await basin.list_streams()).items], ["tenant/a"])
            self.assertEqual(bodies_of([await basin["tenant/a"].read(start=SeqNum(0))]), ["mine"])


class Metrics(Case):
    def window(self) -> tuple[int, int]:
        now = int(time.time())
        return now - 3600, now + 60

    async def test_of_the_account_are_measured(self):
        async with client() as s2, a_basin(s2) as basin:
            start, end = self.window()
            await basin.create_stream("s")
            await basin["s"].append(AppendInput(records("a")))
            active = await s2.account_metrics(set=AccountMetricSet.ACTIVE_BASINS, start=start, end=end)
            names = [name for metric in active if isinstance(metric, Label) for name in metric.values]
            self.assertIn(basin.name, names)
            ops = await s2.account_metrics(
                set=AccountMetricSet.ACCOUNT_OPS, start=start, end=end, interval=TimeseriesInterval.MINUTE
            )
            created = [m for m in ops if isinstance(m, Accumulation) and m.name == "create-basin"]
            self.assertGreaterEqual(sum(value for metric in created for _, value in metric.values), 1)
            self.assertEqual({metric.unit for metric in created}, {MetricUnit.OPERATIONS})
            # Newer than S2's documents and than the server, which bills nobody.
            bill = s2.account_metrics(set=AccountMetricSet.ESTIMATED_BILLABLE_USAGE, start=start, end=end)
            with self.assertRaises(S2ServerError):
                await bill

    async def test_of_a_basin_are_measured(self):
        async with client() as s2, a_basin(s2) as basin:
            start, end = self.window()
            await basin.create_stream("s")
            await basin["s"].append(AppendInput(records("x" * 1000)))
            await basin["s"].read(start=SeqNum(0))
            for metric_set in BasinMetricSet:
                metrics = await s2.basin_metrics(basin.name, set=metric_set, start=start, end=end)
                values = [v for m in metrics if isinstance(m, (Accumulation, Gauge)) for _, v in m.values]
                self.assertGreater(sum(values), 0, metric_set)

    async def test_of_a_stream_are_measured(self):
        async with client() as s2, a_basin(s2) as basin:
            start, end = self.window()
            await basin.create_stream("s")
            await basin["s"].append(AppendInput(records("x" * 1000)))
            [storage] = await s2.stream_metrics(
                basin.name, "s", set=StreamMetricSet.STORAGE, start=start, end=end, interval=TimeseriesInterval.MINUTE
            )
            self.assertEqual(storage.unit, MetricUnit.BYTES)
            self.assertEqual(max(value for _, value in storage.values), 1008)

    async def test_of_a_wrong_window_are_refused(self):
        async with client() as s2:
            start, end = self.window()
            await self.refused(
                s2.account_metrics(set=AccountMetricSet.ACCOUNT_OPS, start=end, end=start), 422, "invalid"
            )


class Locations(Case):
    async def test_are_listed_and_chosen(self):
        async with client() as s2:
            locations = await s2.list_locations()
            default = await s2.get_default_location()
            self.assertIn(default.name, [location.name for location in locations])
            for location in locations:
                chosen = await s2.set_default_location(location.name)
                self.assertEqual((chosen.name, (await s2.get_default_location()).name), (location.name, location.name))
            await s2.set_default_location(default.name)
            name = unique("py-located")
            self.assertEqual((await s2.create_basin(name, location=default.name)).location, default.name)
            self.assertEqual((await s2.ensure_basin(name, location=default.name)).status, EnsureStatus.CONFIG_UNCHANGED)
            await s2.delete_basin(name)


class TheClient(Case):
    async def test_is_closed_by_hand_too(self):
        s2 = client(retry=Retry(max_attempts=1, append_retry_policy=AppendRetryPolicy.NO_SIDE_EFFECTS))
        basin = s2.basin((await s2.create_basin(unique("py-closed"))).name)
        await basin.create_stream("s")
        ack = await basin.stream("s").append(AppendInput(records("a")))
        self.assertEqual(ack.end.seq_num, 1)
        await s2.delete_basin(basin.name)
        await s2.close()


class ZzTheWholeSurface(unittest.TestCase):
    def test_no_call_of_the_sdk_was_left_out(self):
        self.assertGreater(len(SURFACE), 40)
        self.assertEqual(SURFACE - CALLED, set())
        known = {name for name in s2_sdk.__all__ if inspect.isfunction(getattr(s2_sdk, name))}
        self.assertEqual(known, {"append_record_batches", "append_inputs", "metered_bytes"})
