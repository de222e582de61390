"""Which triggers cost the team most time: `segue export`, read with DuckDB.

Runs beside a running server: DATA is its data folder, SEGUE_BIN the binary.
The tables and columns: docs/EXPORT.md.
"""

# It shows: minutes, fallback, 36 conversations
import os
import subprocess
import tempfile

import duckdb

segue, data = os.environ.get("SEGUE_BIN", "segue"), os.environ["DATA"]
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([segue, "export", "--data", data, "--to", folder], check=True)
    table = lambda name: f"read_parquet('{folder}/{name}.parquet')"  # noqa: E731
    duckdb.sql(f"""
        select trigger, count(*) as handoffs,
               round(sum(active_ms) / 60000) as minutes,
               median(epoch_ms(accepted_at) - epoch_ms(requested_at)) / 1000 as wait_s
        from {table("handoffs")} group by trigger order by minutes desc
    """).show()
    demo = duckdb.sql(f"select count(*) from {table('conversations')} where origin = 'demo'")
    print(demo.fetchall()[0][0], "conversations of the demo's past")
    # What joins the tables is there in both, and every turn has its conversation.
    lost = duckdb.sql(f"""
        select count(*) from {table("turns")} anti join {table("conversations")}
        using (conversation_id)
    """)
    assert lost.fetchall()[0][0] == 0, "turns without a conversation"
