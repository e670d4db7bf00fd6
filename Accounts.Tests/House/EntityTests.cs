using System.Reflection;
using Accounts.Core.Data;
using Accounts.Core.Data.Upgrade;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Every set has an entity, every entity a set and a mapping of its own, every mapping its entity's name.</summary>
public sealed class EntityTests
{
    private static readonly Type[] Entities =
        [.. typeof(AccountsDb).GetProperties().Where(IsSet).Select(set => set.PropertyType.GenericTypeArguments[0])];

    internal static bool IsSet(PropertyInfo property) =>
        property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(DbSet<>);

    [Fact]
    public void Every_set_is_an_entity_and_every_entity_has_one_set()
    {
        using var db = DatabaseUpgrade.Open("Host=nowhere");
        var mapped = db.Model.GetEntityTypes().Where(entity => !entity.IsOwned()).Select(entity => entity.ClrType.Name).Order();
        Assert.NotEmpty(Entities);
        Assert.Equal(mapped, Entities.Select(entity => entity.Name).Order());
    }

    [Fact]
    public void Every_entity_has_a_mapping_class_that_bears_its_name()
    {
        var mappings = typeof(AccountsDb).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces().Where(IsMapping).Select(mapping => (type.Name, Entity: mapping.GenericTypeArguments[0].Name))).ToArray();
        Assert.Equal(Entities.Select(entity => entity.Name).Order(), mappings.Select(mapping => mapping.Entity).Order());
        Assert.All(mappings, mapping => Assert.Equal($"{mapping.Entity}Mapping", mapping.Name));
    }

    private static bool IsMapping(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>);
}
