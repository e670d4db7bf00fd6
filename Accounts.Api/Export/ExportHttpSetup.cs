using Accounts.Api.Http;

namespace Accounts.Api.Export;

public static class ExportHttpSetup
{
    public static IServiceCollection AddExportHttp(this IServiceCollection services) => services.AddAnswers(ExportJson.Default);
}
