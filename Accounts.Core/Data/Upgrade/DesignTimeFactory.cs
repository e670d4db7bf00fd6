using Microsoft.EntityFrameworkCore.Design;

namespace Accounts.Core.Data.Upgrade;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<AccountsDb>
{
    public AccountsDb CreateDbContext(string[] args) => DatabaseUpgrade.Open("Host=nowhere");
}
