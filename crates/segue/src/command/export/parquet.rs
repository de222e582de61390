//! Tables as Parquet: every column optional, compressed with Snappy.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::{Type, TypePtr};
use segue_insight::open_data::{Cell, Column, Kind, Table};

use super::Sink;
use crate::command::partial::Partial;

/// How many rows are kept in memory before they are written; also the size of a row group.
const GROUP: usize = 50_000;
/// The definition levels of a value that is there, and of one that is not.
const THERE: i16 = 1;
const ABSENT: i16 = 0;

pub(super) struct Writer {
    writer: SerializedFileWriter<File>,
    partial: Partial,
    table: Table,
    waiting: Vec<Vec<Cell>>,
    rows: u64,
}

impl Writer {
    pub(super) fn new(file: PathBuf, table: Table) -> anyhow::Result<Self> {
        let (partial, file) = Partial::create(file)?;
        let fields: Result<Vec<TypePtr>, _> = table.columns().iter().map(field).collect();
        let schema = Type::group_type_builder(table.name())
            .with_fields(fields?)
            .build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("segue {}", env!("CARGO_PKG_VERSION")))
            .build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
        Ok(Self {
            writer,
            partial,
            table,
            waiting: Vec::new(),
            rows: 0,
        })
    }

    fn write_group(&mut self) -> anyhow::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.waiting);
        let mut group = self.writer.next_row_group()?;
        for (at, column) in self.table.columns().iter().enumerate() {
            let cells = rows.iter().filter_map(|row| row.get(at));
            match column.kind {
                Kind::Text => write::<ByteArrayType>(&mut group, cells, |cell| match cell {
                    Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                    _ => None,
                })?,
                Kind::Integer | Kind::Instant => {
                    write::<Int64Type>(&mut group, cells, |cell| match cell {
                        Cell::Integer(value) => Some(*value),
                        Cell::Instant(at) => Some(at.0),
                        _ => None,
                    })?;
                }
                Kind::Number => write::<DoubleType>(&mut group, cells, |cell| match cell {
                    Cell::Number(value) => Some(*value),
                    _ => None,
                })?,
                Kind::Boolean => write::<BoolType>(&mut group, cells, |cell| match cell {
                    Cell::Boolean(value) => Some(*value),
                    _ => None,
                })?,
            }
        }
        group.close()?;
        Ok(())
    }
}

impl Sink for Writer {
    fn push(&mut self, row: Vec<Cell>) -> anyhow::Result<()> {
        self.waiting.push(row);
        self.rows += 1;
        if self.waiting.len() >= GROUP {
            self.write_group()?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> anyhow::Result<u64> {
        self.write_group()?;
        self.writer.finish()?;
        self.partial.complete()?;
        Ok(self.rows)
    }
}

fn field(column: &Column) -> Result<TypePtr, ::parquet::errors::ParquetError> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Boolean => (Physical::BOOLEAN, None),
        Kind::Instant => (
            Physical::INT64,
            Some(LogicalType::timestamp(
                true,
                ::parquet::basic::TimeUnit::MILLIS,
            )),
        ),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

fn write<'a, T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, File>,
    cells: impl Iterator<Item = &'a Cell>,
    value: impl Fn(&Cell) -> Option<T::T>,
) -> anyhow::Result<()> {
    let mut values = Vec::new();
    let mut levels = Vec::new();
    for cell in cells {
        let value = value(cell);
        levels.push(if value.is_some() { THERE } else { ABSENT });
        values.extend(value);
    }
    let mut column = group
        .next_column()?
        .ok_or_else(|| anyhow::anyhow!("the file has fewer columns than the table"))?;
    column
        .typed::<T>()
        .write_batch(&values, Some(&levels), None)?;
    column.close()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use ::parquet::file::reader::{FileReader as _, SerializedFileReader};
    use ::parquet::record::Field;
    use segue_model::time::Timestamp;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_over_several_groups() {
        let folder = std::env::temp_dir().join(format!("segue-parquet-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join("events.parquet");
        let rows = i64::try_from(GROUP).unwrap() + 3;
        let mut writer = Box::new(Writer::new(file.clone(), Table::Events).unwrap());
        for at in 0..rows {
            let actor = (at % 2 == 0).then(|| Cell::Text(format!("agt_{at}")));
            let row = vec![
                Cell::Text("conv_ü".to_owned()),
                Cell::Integer(at),
                Cell::Integer(1),
                Cell::Instant(Timestamp(at)),
                Cell::Text("turn_added".to_owned()),
                Cell::Text("agent".to_owned()),
                actor.unwrap_or(Cell::Absent),
            ];
            writer.push(row).unwrap();
        }
        assert_eq!(writer.finish().unwrap(), u64::try_from(rows).unwrap());
        let reader = SerializedFileReader::new(File::open(&file).unwrap()).unwrap();
        assert_eq!(reader.metadata().num_row_groups(), 2);
        let mut read = 0;
        for (at, row) in reader.get_row_iter(None).unwrap().enumerate() {
            let row = row.unwrap();
            let fields: Vec<&Field> = row.get_column_iter().map(|(_, field)| field).collect();
            let at = i64::try_from(at).unwrap();
            let actor = if at % 2 == 0 {
                Field::Str(format!("agt_{at}"))
            } else {
                Field::Null
            };
            let expected = [
                &Field::Str("conv_ü".to_owned()),
                &Field::Long(at),
                &Field::Long(1),
                &Field::TimestampMillis(at),
            ];
            assert!(fields.starts_with(&expected), "{fields:?}");
            assert_eq!(fields.last(), Some(&&actor));
            read += 1;
        }
        assert_eq!(read, rows);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
