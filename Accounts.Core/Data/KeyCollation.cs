using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Accounts.Core.Data;

/// <summary>
/// Text that is a key is ordered by its bytes: an index by a language's order is wrong as soon as an update of the system
/// changes that order, and serves no search by prefix. A column that nodes of before read already keeps its own, for they fail with what they have
/// prepared where it changes: its index has the order.
/// </summary>
internal sealed class KeyCollation : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder model, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in model.Metadata.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            if (IsText(property) && (property.IsKey() || property.GetContainingIndexes().Any(index => index.GetCollation() is null)))
            {
                property.SetCollation("C");
            }
        }
    }

    private static bool IsText(IReadOnlyProperty property) => (property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string);
}
