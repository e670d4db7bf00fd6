using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Data;

/// <summary>
/// The columns of an entity by name, for SQL that asks for whole rows. With <c>*</c> a node would stumble over the column
/// that a newer one has just added: PostgreSQL refuses a prepared statement whose result has changed.
/// </summary>
internal static class ColumnNames
{
    /// <param name="table">as the statement calls it</param>
    public static string ColumnsOf<T>(this AccountsDb db, string table) =>
        string.Join(", ", db.Model.FindEntityType(typeof(T))!.GetProperties().Select(property => $"{table}.{property.GetColumnName()}"));
}
