using Accounts.Core.Data;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>What is stored of a person is given to them and erased with them: no table or column is added without saying so, or why not.</summary>
public sealed class PersonalDataTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly PersonalData[] personal = [.. shared.Server.Services.GetServices<PersonalData>()];
    private readonly ImpersonalTable[] impersonal = [.. shared.Server.Services.GetServices<ImpersonalTable>()];

    [Fact]
    public void LG_06_Every_table_is_a_persons_or_says_why_it_is_not()
    {
        var told = personal.Select(data => data.Table).Concat(impersonal.Select(table => table.Table)).ToArray();
        Assert.Equal(told.Distinct().Count(), told.Length);
        Assert.Equal(Columns().Select(column => column.Table).Distinct().Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.All(impersonal, table => Assert.NotEmpty(table.Why));
    }

    [Fact]
    public void LG_06_Every_column_of_a_persons_is_exported_or_says_why_it_is_not()
    {
        Assert.All(personal, data =>
        {
            var columns = Columns().Where(column => column.Table == data.Table).Select(column => column.Name).ToArray();
            // The owner's own id stands in the users' row.
            var told = data.Given.Concat(data.Withheld.SelectMany(withheld => withheld.Columns)).Concat(columns.Where(name => name == "user_id")).ToArray();
            Assert.Equal(columns.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
            Assert.All(data.Withheld, withheld => Assert.NotEmpty(withheld.Why));
        });
    }

    /// <summary>Either a statement of its own, or a foreign key that takes it along.</summary>
    [Fact]
    public async Task LG_06_Every_table_of_a_persons_is_erased_with_them()
    {
        var along = await shared.Server.Database.ScalarAsync<string[]>("""
            SELECT array_agg(conrelid::regclass::text) FROM pg_constraint WHERE contype = 'f' AND confrelid = 'users'::regclass AND confdeltype = 'c'
            """);
        Assert.NotEmpty(along);
        Assert.Empty(personal.Where(data => data.Erase is null).Select(data => data.Table).Except(along));
    }

    private static IEnumerable<(string Table, string Name)> Columns()
    {
        using var db = Core.Data.Upgrade.DatabaseUpgrade.Open("Host=nowhere");
        return [.. db.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => (entity.GetTableName()!, property.GetColumnName())))];
    }
}
